"""A plan played forward, month by month, by a rule of allocation: what becomes of one that asks for more than there is."""
