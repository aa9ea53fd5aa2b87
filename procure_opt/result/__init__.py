"""The result file: what a front claims, written once, read again, and verified without a solver."""
