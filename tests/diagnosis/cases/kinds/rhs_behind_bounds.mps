NAME t
ROWS
 N cost
 L c1
COLUMNS
 x cost 1 c1 1
BOUNDS
 LO b x 5
RHS
 r c1 4
ENDATA
