"""Every printed number and sentence."""
