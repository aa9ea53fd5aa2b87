"""What the parties state: the case file as frozen, checked data. No solver is known here."""
