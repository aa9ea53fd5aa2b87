"""THE ALGORITHM: integer points, search zones, enumeration, certificate. Knows no procurement and no solver.

All objectives are integers and all are minimised; whoever maximises something turns its sign at the border.
"""
