"""Words and characters: how things are counted in English, and text of the data made fit to print."""
