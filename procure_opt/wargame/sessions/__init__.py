"""Sessions: a game as a chain of frozen states; every move is a function from state to state.

A state is a case (or several, edition by edition), the seats, a seed, and what was ordered turn by turn; all
else follows from these, so that a log replays to the same bytes. Structures are judged by the plain
definitions. Only ``completion`` asks a solver, and only when somebody asks for a completion.
"""
