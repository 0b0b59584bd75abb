"""How money of different periods counts, and prices that change with the amount."""
