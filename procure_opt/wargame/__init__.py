"""The wargame: what an event does to a case and to what was signed, judged by the plain definitions."""
