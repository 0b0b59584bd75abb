"""A plan played forward."""
