NAME t
OBJSENSE
    UP
ROWS
 N cost
 L c1
COLUMNS
 x cost 1 c1 1
RHS
 r c1 4
ENDATA
