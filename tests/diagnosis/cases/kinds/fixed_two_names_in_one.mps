NAME          T
ROWS
 N  OBJ
 G  MY ROW
 G  ROW
COLUMNS
    X         OBJ                1.0   MY ROW             1.0
    X         ROW                1.0
RHS
              MY ROW             3.0
ENDATA
