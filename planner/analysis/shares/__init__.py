"""The share of each figure that can be had together with the others, by either rule, and the path that leads there."""
