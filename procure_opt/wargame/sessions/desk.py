"""The desk: requests of other programs, one answer each, as plain data; what ``serve`` reads and writes.

A request is ``{"id": ..., "op": ..., ...}``; the answer has the same id and either ``result`` or ``error``. A
state is named by its id, or travels with the request as its log. The desk keeps the last states that it made;
as states are values, many games at once do not disturb each other. A request opens no file: cases are bundled
ones, those that the desk was given, or the text of a case file.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from procure_opt.case.bundled import bundled_cases
from procure_opt.case.editions import MARK
from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.claim import Claim
from procure_opt.errors import ProcureError, ResultError, UsageError, printable
from procure_opt.result.read import misfits, to_claim

from .accepting import who_accepts
from .case_texts import stated_case
from .checking import check_order
from .debrief import debrief
from .observing import observe
from .order_forms import orders_schema
from .outlook import outlook, prepare
from .plain import Json, canonical
from .play import event_meant, inject, replay, start, step, undo
from .protocol import OPERATIONS, PROTOCOL, protocol_schema
from .requests import complaint, id_of, meant, no_operation, refuse_id, seconds_of, text_of
from .state import State

MOST_STATES = 1_000
MOST_FRONTS = 30


class Desk:
    """Answers requests; ``cases`` and ``fronts`` by the names under which requests may ask for them."""

    def __init__(
        self, cases: Mapping[str, Case] | None = None, fronts: Mapping[str, Claim] | None = None
    ) -> None:
        self.cases = dict(cases or {})
        self.fronts = dict(fronts or {})
        self._states: OrderedDict[str, State] = OrderedDict()
        self._found: OrderedDict[str, Claim] = OrderedDict()

    def answer(self, request: object) -> Json:
        """Return the answer to a request: never raises, unless the program is interrupted."""
        told: Json = {"id": id_of(request)}
        try:
            return told | {"result": self._result(request)}
        except ProcureError as error:
            return told | {"error": complaint(error)}
        except Exception as error:
            text = printable(f"{type(error).__name__}: {error}", 300)
            return told | {"error": {"kind": "internal", "message": f"this is a bug: {text}", "findings": []}}

    def _result(self, request: object) -> Any:
        if not isinstance(request, dict):
            raise UsageError('a request must be an object such as {"id": 1, "op": "hello"}')
        refuse_id(request)
        name = request.get("op")
        if not isinstance(name, str) or name not in OPERATIONS:
            raise UsageError(no_operation(name))
        known = {"id", "op", *OPERATIONS[name].needs, *OPERATIONS[name].takes}
        lacks = [key for key in OPERATIONS[name].needs if key not in request]
        if "state" in known and name != "forget":
            known.add("log")
            lacks = [key for key in lacks if key != "state" or "log" not in request]
        odd = sorted(set(request) - known)
        if lacks or odd:
            told = [f"{key}: missing" for key in lacks]
            told += [f"{printable(key, 40)}: means nothing to {name}{meant(key, known)}" for key in odd]
            raise UsageError("\n".join(told))
        return _DO[name](self, request)

    # -- states ------------------------------------------------------------------------------------------

    def _state(self, request: Json) -> State:
        if ("state" in request) == ("log" in request):
            raise UsageError("state: give either `state`, its id, or `log`, the state itself")
        if "log" in request:
            return self._keep(replay(request["log"]))
        name = request["state"]
        if not isinstance(name, str) or name not in self._states:
            told = f'"{printable(name, 40)}" is not known here (any more): send the log of the state instead'
            raise UsageError(f"state: {told}")
        self._states.move_to_end(name)
        return self._states[name]

    def _keep(self, state: State) -> State:
        self._states[state.id] = state
        self._states.move_to_end(state.id)
        while len(self._states) > MOST_STATES:
            self._states.popitem(last=False)
        return state

    def _moved(self, state: State) -> Json:
        self._keep(state)
        heard = [each.to_json() for each in state.entries[-1:]]
        return {
            "state": state.id,
            "turn": state.table.turn,
            "phase": state.table.phase,
            "moves": len(state.entries),
            "events": heard[0]["events"] if heard else [],
        }

    # -- operations --------------------------------------------------------------------------------------

    def hello(self, request: Json) -> Json:
        """Say what this is and what it can do."""
        return {
            "protocol": PROTOCOL,
            "operations": sorted(OPERATIONS),
            "cases": sorted({*bundled_cases(), *self.cases}),
            "fronts": sorted({*self.fronts, *self._found}),
        }

    def schema(self, request: Json) -> Json:
        """Return the JSON Schema of requests and answers."""
        return protocol_schema()

    def start(self, request: Json) -> Json:
        """Begin a game."""
        return self._moved(start(self._cases(request), request.get("seats"), request.get("seed", 0)))

    def _cases(self, request: Json) -> list[Case]:
        if ("case" in request) == ("case_text" in request):
            raise UsageError("case: give either `case`, a name (or several editions), or `case_text`")
        if "case_text" in request:
            return [stated_case(request["case_text"], request.get("edition"))]
        named = request["case"]
        several = named if isinstance(named, list) else [named]
        if not several or not all(isinstance(each, str) for each in several):
            raise UsageError('case: must be a name such as "gcap@2022", or a list of such names')
        return [self._named(each) for each in several[:20]]

    def _named(self, name: str) -> Case:
        if name in self.cases:
            return self.cases[name]
        known = (*bundled_cases(), *self.cases)
        if name.partition(MARK)[0] not in bundled_cases():
            near = meant(name, set(known))
            raise UsageError(f'case: "{printable(name, 60)}" is none of {", ".join(known)}{near}')
        self.cases[name] = load_case(name)
        return self.cases[name]

    def observe(self, request: Json) -> Json:
        """Return what a seat sees."""
        return observe(self._state(request), text_of(request, "seat"))

    def orders_schema(self, request: Json) -> Json:
        """Return the schema of a seat's orders."""
        return orders_schema(self._state(request), text_of(request, "seat"))

    def check_order(self, request: Json) -> Json:
        """Return what is wrong with an order."""
        found = check_order(self._state(request), text_of(request, "seat"), request["order"])
        return {"findings": [{"where": each.where, "message": each.message} for each in found]}

    def step(self, request: Json) -> Json:
        """Play a turn."""
        return self._moved(step(self._state(request), request["orders"]))

    def inject(self, request: Json) -> Json:
        """Let something happen."""
        return self._moved(inject(self._state(request), _event(request)))

    def undo(self, request: Json) -> Json:
        """Take the last move back."""
        return self._moved(undo(self._state(request)))

    def log(self, request: Json) -> Json:
        """Return the state itself, to be stored or sent along."""
        return self._state(request).to_json()

    def replay(self, request: Json) -> Json:
        """Check a log and return its last state."""
        return self._moved(replay(request["log"]))

    def forget(self, request: Json) -> Json:
        """Drop a state."""
        return {"forgotten": self._states.pop(text_of(request, "state"), None) is not None}

    def who_accepts(self, request: Json) -> Json:
        """Say who accepts a complete structure."""
        what = request["what"]
        if not isinstance(what, str | dict):
            raise UsageError("what: must be the id of a proposal, or a structure")
        return who_accepts(self._state(request), what)

    def outlook(self, request: Json) -> Json:
        """Say what is left by what is on the table: of a front if one is named, else by examples."""
        state, seconds = self._state(request), seconds_of(request, 5)
        if request.get("front") is not None:
            return outlook(state, self._front(request["front"]), request.get("what"))
        completions = _asking_a_solver("completion").completions
        return completions(state, request.get("what"), time_limit=seconds)  # type: ignore[no-any-return]

    def effect(self, request: Json) -> Json:
        """Say what an event would do; the new front gets a name under which it can be asked for."""
        state, seconds = self._state(request), seconds_of(request, 2)
        event = event_meant(state.case, _event(request))
        front = None if request.get("front") is None else self._front(request["front"])
        room = _asking_a_solver("effects")
        answer = room.effect_of(state, event, _signed(request), front=front, time_limit=seconds)
        if answer.stopped:
            raise KeyboardInterrupt
        told: Json = room.effect_told(answer, event)
        return told | {"front": told["front"] | {"name": self._keep_front(answer.claim)}}

    def prepare(self, request: Json) -> Json:
        """Judge a front beforehand: one that has a name, or a result that comes along."""
        state, seconds = self._state(request), seconds_of(request, 5)
        if (request.get("front") is None) == (request.get("result") is None):
            raise UsageError("front: give either `front`, a name, or `result`, a result file as an object")
        if request.get("front") is not None:
            return prepare(state, self._front(request["front"]), seconds) | {"front": request["front"]}
        claim = _claim(request["result"])
        told = prepare(state, claim, seconds)
        return told | {"front": self._keep_front(claim)}

    def debrief(self, request: Json) -> Json:
        """Report after the game."""
        without = request.get("without") or {}
        if not isinstance(without, dict):
            raise UsageError("without: must be an object, red line -> name of the front without it")
        front = None if request.get("front") is None else self._front(request["front"])
        fronts = {line: self._front(name) for line, name in sorted(without.items())}
        return debrief(self._state(request), front, fronts)

    def _front(self, name: object) -> Claim:
        known = self.fronts | self._found
        if not isinstance(name, str) or name not in known:
            told = ", ".join(sorted(known)) or "none was given: serve --front RESULT, or effect, or prepare"
            raise UsageError(f'front: "{printable(name, 40)}" is no front here (any more) ({told})')
        return known[name]

    def _keep_front(self, claim: Claim) -> str:
        """Remember a front under a name that hangs on its content alone."""
        said = [claim.case.digest, [each.id for each in claim.structures], claim.evidence.complete]
        name = f"F-{hashlib.sha256(canonical(said).encode('ascii')).hexdigest()[:24]}"
        self._found[name] = claim
        self._found.move_to_end(name)
        while len(self._found) > MOST_FRONTS:
            self._found.popitem(last=False)
        return name


def _asking_a_solver(room: str) -> Any:
    """Return a module by name: few operations need a solver, and the others must not load one."""
    return import_module(f"procure_opt.wargame.sessions.{room}")


def _event(request: Json) -> str | Json:
    event = request["event"]
    if not isinstance(event, str | dict):
        raise UsageError("event: must be an inject, or the id of one that the case prepares")
    return event


def _signed(request: Json) -> str | Json | None:
    signed = request.get("signed")
    if signed is not None and not isinstance(signed, str | dict):
        raise UsageError("signed: must be the id of a proposal, or a structure")
    return signed


def _claim(result: object) -> Claim:
    """Return what a result claims that nobody vouches for."""
    if findings := misfits(result):
        raise ResultError("\n".join(["result: this version cannot read it:", *findings]))
    return to_claim(result)  # type: ignore[arg-type]


_DO: dict[str, Callable[[Desk, Json], Json]] = {name: getattr(Desk, name) for name in OPERATIONS}


def answer_line(desk: Desk, raw: bytes) -> bytes:
    """Return the answer to one line, as one line of ASCII."""
    from .plain import parsed

    try:
        request = parsed(raw)
    except UsageError as error:
        told: Json = {"id": None, "error": {"kind": "request", "message": str(error), "findings": []}}
    else:
        told = desk.answer(request)
    return canonical(told).encode("ascii") + b"\n"
