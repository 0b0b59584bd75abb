"""How a plan is played forward: the rules of a model file, beside the question that says what was feasible."""
