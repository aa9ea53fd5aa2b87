"""What is decided: one complete partnership structure, and every way to do a package."""
