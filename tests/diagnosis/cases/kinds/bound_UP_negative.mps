NAME t
ROWS
 N cost
 G c1
COLUMNS
 x cost 1 c1 1
RHS
 r c1 -9
BOUNDS
 UP b x -1
ENDATA
