"""Accounts of money beside a plan: what they say, and whether they add up."""
