"""The wargame: what an event does to a case and to what was signed, judged by the plain definitions.

And sessions: a game as a chain of frozen states. Names are taken from their rooms when they are asked for, so
that judging a proposal loads no solver.

>>> from procure_opt import load_case, wargame
>>> state = wargame.start(load_case("gcap"), seats=["GBR", "ITA", "JPN"], seed=7)
>>> after = wargame.step(state, {"ITA": {"order": "propose", "terms": ["ITA tier core in fighter"]}})
>>> wargame.observe(after, "JPN")["log"][0]["heard"], wargame.undo(after) == state
(['ITA proposes P1'], True)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .sessions.accepting import who_accepts
    from .sessions.checking import check_order
    from .sessions.completion import completions
    from .sessions.debrief import debrief
    from .sessions.effects import effect_of
    from .sessions.observing import observe
    from .sessions.order_forms import orders_schema
    from .sessions.outlook import outlook, prepare
    from .sessions.play import inject, replay, start, step, undo
    from .sessions.state import State

__all__ = [
    "State",
    "check_order",
    "completions",
    "debrief",
    "effect_of",
    "inject",
    "observe",
    "orders_schema",
    "outlook",
    "prepare",
    "replay",
    "start",
    "step",
    "undo",
    "who_accepts",
]

_ROOMS = {
    "State": "state",
    "check_order": "checking",
    "completions": "completion",
    "debrief": "debrief",
    "effect_of": "effects",
    "inject": "play",
    "observe": "observing",
    "orders_schema": "order_forms",
    "outlook": "outlook",
    "prepare": "outlook",
    "replay": "play",
    "start": "play",
    "step": "play",
    "undo": "play",
    "who_accepts": "accepting",
}


def __getattr__(name: str) -> Any:
    """Return a name of the face from its room."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.sessions.{_ROOMS[name]}"), name)
