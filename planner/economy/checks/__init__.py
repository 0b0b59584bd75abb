"""What must hold of an economy before anything is asked of it."""
