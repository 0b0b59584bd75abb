"""Answers on the screen."""
