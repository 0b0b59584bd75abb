"""What each answer looks like on a terminal; rich is imported here and for the console alone."""
