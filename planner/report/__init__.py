"""Results: tables, charts, pages, run folders and what is said on the terminal."""
