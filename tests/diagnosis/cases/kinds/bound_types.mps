NAME t
ROWS
 N cost
 G c1
COLUMNS
 a cost 1 c1 1
 b cost -1 c1 1
 c cost 1 c1 1
 f cost -1 c1 1
 g cost 1 c1 1
 h cost -1 c1 1
 k cost 1 c1 1
RHS
 r c1 0
BOUNDS
 LO b a 1
 UP b b 4
 FX b c 3
 BV b f
 LI b g 2.5
 UI b h 3.5
 PL b k
ENDATA
