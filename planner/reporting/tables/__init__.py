"""Answers as tables: the columns of the CSV files."""
