"""What every column, key and word means."""
