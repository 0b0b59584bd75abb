NAME t
ROWS
 N cost
 L c1
 G c2
COLUMNS
 x cost 1 c1 1
 x c2 1
 y cost 1 c1 1
$ right-hand sides
RHS
 r c1 4 c2 1
ENDATA
