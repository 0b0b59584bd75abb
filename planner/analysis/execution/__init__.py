"""A plan played forward, month by month, by a rule of allocation.

It shows what becomes of a plan that asks for more than there is.
"""
