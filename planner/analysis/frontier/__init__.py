"""What can be had of two quantities together, and what plans near the best have in common."""
