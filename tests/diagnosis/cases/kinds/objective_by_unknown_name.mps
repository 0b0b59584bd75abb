NAME t
OBJNAME
    c9
ROWS
 N cost
 G c1
COLUMNS
 x cost 1 c1 1
RHS
 r c1 1
ENDATA
