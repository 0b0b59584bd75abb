"""What is asked of the feasible set: measures, each over a formulation and a solver."""
