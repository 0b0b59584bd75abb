NAME t
ROWS
 N cost
 L c1
 G c2
COLUMNS
 x cost 1 c1 1
 x c2 1
 y cost 1 c1 1
RHS
 r c1 4 c2 1
BOUNDS
 UP b x 3 4
ENDATA
