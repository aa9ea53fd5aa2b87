"""The optimisation model, stated in PuLP: columns for decisions, rows from accounts and rules."""
