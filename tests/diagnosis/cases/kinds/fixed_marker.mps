NAME          T
ROWS
 N  OBJ
 G  A B
COLUMNS
    M1        'MARKER'                 'INTORG'
    X         OBJ                1.0   A B                1.0
    M2        'MARKER'                 'INTEND'
RHS
    RHS       A B                2.5
BOUNDS
 PL BND       X
ENDATA
