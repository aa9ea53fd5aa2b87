"""THE ONE ROOM THAT KNOWS A SOLVER, and the sweep that needs none: programs in, proofs or exceptions out.

An engine's answer is a proof (an optimum within the gap asked for, or infeasibility) or it is an exception:
LimitReached when time is up, EngineDoubt when the answer proves nothing. There is no third kind.
"""
