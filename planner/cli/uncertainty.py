"""``planner uncertainty`` (in work)."""
