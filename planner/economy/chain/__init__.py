"""Economies that begin where another ends: units at the joint, and an opening position that a plan left behind."""
