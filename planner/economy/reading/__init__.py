"""From files to tables: what is read, in which order, and what is laid over it."""
