NAME t
ROWS
 N cost
 G c1
COLUMNS
 M 'MARKER' 'INTORG'
 x cost 1 c1 1
 M 'MARKER' 'INTEND'
 y cost 5 c1 0
RHS
 r c1 2.5
BOUNDS
 PL b x
ENDATA
