"""What a structure is worth: cost, spin-off, autonomy; the plain definitions and their symbolic twins."""
