"""Puts ``tests/`` on the path, so that the tests share ``random_cases`` and ``brute_force``."""
