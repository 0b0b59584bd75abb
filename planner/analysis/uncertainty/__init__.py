"""Many draws of the uncertain numbers at once."""
