"""What every answer is made of."""
