NAME t
OBJNAME
    c3
ROWS
 N cost
 N c3
 G c1
COLUMNS
 x cost 1 c1 1
 x c3 2
RHS
 r c1 1
ENDATA
