NAME t
ROWS
 N cost
 L c1
COLUMNS
 x cost 1 c1 1
RHS
 r c1 4
RANGES
 g c1 -2
ENDATA
