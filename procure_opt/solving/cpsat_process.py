"""The process in which CP-SAT runs: it is told programs in whole numbers, one line of JSON each, and answers.

It knows OR-Tools and nothing else of this package: HiGHS and OR-Tools cannot be imported in one process. It
ends when nobody listens to it any more, even in the middle of a question.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import Any

SETTINGS: dict[str, bool | int | float] = {
    "num_workers": 1,
    "random_seed": 1,
    "relative_gap_limit": 0.0,
    "absolute_gap_limit": 0.0,
    "log_search_progress": False,
}
Message = dict[str, Any]


class Models:
    """The programs that it was told, by number, and the package that solves them."""

    def __init__(self, cp_model: Any, version: str) -> None:
        self._cp_model, self._version = cp_model, version
        self._models: dict[int, Any] = {}

    def answer(self, message: Message) -> Message:
        """Do what a message says, and return what is to be said."""
        kinds: dict[str, Callable[[Message], Message]] = {
            "hold": self._hold,
            "cut": self._cut,
            "forget": self._forget,
            "ask": self._ask,
            "who": self._who,
        }
        return kinds[message["do"]](message)

    def _hold(self, message: Message) -> Message:
        model = self._cp_model.CpModel()
        for low, high in zip(message["low"], message["high"], strict=True):
            model.new_int_var(low, high, "")
        self._models[message["number"]] = model
        for row in message["rows"]:
            self._add_row(model, row)
        return {}

    def _cut(self, message: Message) -> Message:
        self._add_row(self._models[message["number"]], message["row"])
        return {}

    def _forget(self, message: Message) -> Message:
        for number in message["numbers"]:
            self._models.pop(number, None)
        return {}

    def _ask(self, message: Message) -> Message:
        """Solve a copy of the program, with the bounds and costs of this one question."""
        model = self._models[message["number"]].clone()
        for column, high in message["upper"]:
            self._add_row(model, ([column], [1], None, high))
        if message["costs"]:
            model.minimize(self._sum(model, *zip(*message["costs"], strict=True)))
        for column, value in enumerate(message["start"] or ()):
            model.add_hint(model.get_int_var_from_proto_index(column), value)
        solver = self._solver()
        if message["seconds"] is not None:
            solver.parameters.max_time_in_seconds = message["seconds"]
        status = solver.solve(model)
        said: Message = {"status": solver.status_name(status)}
        if status == self._cp_model.OPTIMAL:
            columns = range(message["columns"])
            said["values"] = [solver.value(model.get_int_var_from_proto_index(j)) for j in columns]
            said["bound"] = solver.best_objective_bound if message["costs"] else None
        elif status == self._cp_model.MODEL_INVALID:
            said["why"] = model.validate()
        return said

    def _who(self, message: Message) -> Message:
        """Return version and settings as the solver has them; which packages are here, for a test."""
        held = self._solver().parameters
        settings = {name: getattr(held, name) for name in SETTINGS}
        both = sorted({"highspy", "ortools"} & set(sys.modules))
        return {"settings": {"version": self._version, **settings}, "packages": both}

    def _solver(self) -> Any:
        solver = self._cp_model.CpSolver()
        for name, value in SETTINGS.items():
            setattr(solver.parameters, name, value)
        return solver

    def _add_row(self, model: Any, row: Any) -> None:
        columns, coefficients, low, high = row
        least = self._cp_model.INT_MIN if low is None else low
        most = self._cp_model.INT_MAX if high is None else high
        if least > most:
            model.add_bool_or([])
        elif columns:
            model.add_linear_constraint(self._sum(model, columns, coefficients), least, most)
        elif not least <= 0 <= most:
            model.add_bool_or([])

    def _sum(self, model: Any, columns: Any, coefficients: Any) -> Any:
        terms = [model.get_int_var_from_proto_index(j) for j in columns]
        return self._cp_model.LinearExpr.weighted_sum(terms, coefficients)


def _listen(lines: SimpleQueue[bytes]) -> None:
    """Pass on what comes in; without anybody there, end at once."""
    for line in sys.stdin.buffer:
        lines.put(line)
    os._exit(0)


def main() -> None:
    """Answer until nobody asks any more; whatever the solver prints goes nowhere."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    lines: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(lines,), daemon=True).start()
    # Here, because this module is imported elsewhere, too (by whoever collects doctests, say).
    import ortools
    from ortools.sat.python import cp_model

    models = Models(cp_model, ortools.__version__)
    while True:
        try:
            said = models.answer(json.loads(lines.get()))
        except Exception as error:  # whatever it is, it is no proof, and is told
            said = {"error": f"{type(error).__name__}: {error}"}
        out.write(json.dumps(said).encode() + b"\n")
        out.flush()


if __name__ == "__main__":
    main()
