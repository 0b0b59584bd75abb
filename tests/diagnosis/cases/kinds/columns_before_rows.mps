NAME t
COLUMNS
 x cost 1 c1 1
ROWS
 N cost
 L c1
RHS
 r c1 4
ENDATA
