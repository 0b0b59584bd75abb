"""What one more unit, another number or another draw would change: prices, ranges, curves, ensembles, pictures."""
