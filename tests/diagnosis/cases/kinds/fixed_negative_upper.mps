NAME          T
ROWS
 N  COST
 G  LIM 1
COLUMNS
    X 1       COST               1.0   LIM 1              1.0
RHS
    RHS       LIM 1             -9.0
BOUNDS
 UP BND       X 1               -2.0
 MI BND       X 1
ENDATA
