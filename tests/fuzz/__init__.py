"""Seeded noise in everything that is read: whatever stands there, a command answers, or refuses in words."""
