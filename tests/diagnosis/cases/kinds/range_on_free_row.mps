NAME t
ROWS
 N cost
 G c1
 N z
COLUMNS
 x cost 1 c1 1
RHS
 r c1 1
RANGES
 g z -5
ENDATA
