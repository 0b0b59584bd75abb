NAME t
ROWS
 N cost
 N other
 L c1
 G c2
COLUMNS
 x cost 1 c1 1
 x c2 1
 y cost 1 c1 1
RHS
 r other 9
 r c1 4 c2 1
ENDATA
