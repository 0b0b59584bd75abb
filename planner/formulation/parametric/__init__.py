"""A question as a function of its numbers: the rows that state them, and the program they give at other values."""
