"""Questions that a front answers, and some that need more solves: one question, one module."""
