"""How far official figures lie from the feasible set, and why."""
