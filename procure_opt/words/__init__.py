"""How it is said: plain sentences about cases, structures and claims, for terminals, notebooks and reports.

Every function returns lines. Whatever comes from a case file passes :func:`procure_opt.errors.printable`.
"""
