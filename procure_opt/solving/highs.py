"""HiGHS behind the engine interface: one persistent solver object, its statuses read as proofs or not at all.

The model is passed once; a call changes bounds and costs of a few columns and puts the last call's back. The
settings are those under which HiGHS was fastest and exact in our measurements (highspy 1.15.1, many small
exact solves of one model): relative gap 0 (the default 1e-4 loses points), one thread (changing it within a
process fails silently), and no primal heuristics, restarts or symmetry detection (2 to 6 times faster).
Integrality 1e-7: at 1e-6, coefficients of 1e5 made one front in eight silently wrong (presolve off), and
those of 1e6 cost extra solves; at 1e-7 no front was wrong up to 1e6. Tolerance times the sum of a row's
coefficients should stay below half a unit; the caller's exact check has the last word. Presolve off: with it,
two feasible programs of 320 random cases were called infeasible; without it none was, but one question about
TRI-2 was. So "infeasible" counts only if it is said both without presolve and with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from time import monotonic, thread_time

from highspy import Highs, HighsModelStatus, HighsStatus

from procure_opt.errors import EngineDoubt, LimitReached
from procure_opt.solving.engine import Limits
from procure_opt.solving.highs_model import accept, indices, model_of, numbers
from procure_opt.solving.matrix import Matrix
from procure_opt.solving.patience import Task
from procure_opt.solving.program import Program, Row

Setting = bool | int | float | str

SETTINGS: dict[str, Setting] = {
    "threads": 1,
    "random_seed": 1,
    "presolve": "off",
    "mip_rel_gap": 0.0,
    "mip_feasibility_tolerance": 1e-7,
    "primal_feasibility_tolerance": 1e-7,
    "dual_feasibility_tolerance": 1e-7,
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_allow_restart": False,
    "mip_detect_symmetry": False,
}
QUICK: dict[str, Setting] = SETTINGS | {
    "presolve": "on",
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_allow_cut_separation_at_nodes": False,
    "mip_pscost_minreliable": 0,
}
"""For programs of integer columns and moderate coefficients, asked with a start that is feasible: presolve's
false "infeasible" cannot pass for a proof there. About a third of the time of ``SETTINGS``."""
_SAFER: dict[str, Setting] = {"random_seed": 2}
_OTHERWISE: dict[str, Setting] = {"random_seed": 2, "presolve": "on"}
"""Under which "infeasible" is asked for once more: a path through the solver with little in common."""
_FEASIBLE = 2
_SHORT, _BRIEF = 0.03, 0.25
"""Seconds. Where runs usually end within the first, one is made without a thread, for the second at most."""
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one run of the solver left: a proof if ``doubt`` is None."""

    values: tuple[float, ...] | None
    doubt: str | None = None


class HighsEngine:
    """The engine "highs"; see :class:`procure_opt.solving.engine.Engine` for what its methods promise."""

    def __init__(
        self,
        program: Program,
        limits: Limits,
        highs: Highs | None = None,
        settings: Mapping[str, Setting] = SETTINGS,
    ) -> None:
        self.solves = 0
        self.seconds = 0.0
        self.cpu_seconds = 0.0
        """Processor time spent inside the solver."""
        self._program = program
        self._limits = limits
        self._settings = settings
        self._task: Task[HighsStatus] | None = None
        self._usual = float("inf")
        """Processor time of a run lately, a moving average."""
        self._costed: list[int] = []
        self._bounded: list[int] = []
        self._highs = highs or Highs()  # type: ignore[no-untyped-call]
        accept(self._highs.setOptionValue("output_flag", False), "option output_flag")
        self._stop = _Alarm(self._highs)
        for name, value in settings.items():
            self._set(name, value)
        accept(self._highs.passModel(model_of(Matrix.of(program))), "the model")

    def minimise(
        self,
        objective: Mapping[int, float],
        upper: Mapping[int, float],
        *,
        gap: float,
        start: Sequence[float] | None = None,
    ) -> tuple[float, ...] | None:
        """Return a solution within ``gap`` of the least objective; None proves that there is none."""
        if any(bound < self._program.lower[column] for column, bound in upper.items()):
            return None
        self._refuse_if_left_behind()
        self._set("mip_abs_gap", gap)
        self._state(objective, upper)
        answer = self._run(gap, start)
        if answer.doubt:
            answer = self._run_again(_SAFER, gap, start)
        if answer.values is None and not answer.doubt and self._settings["presolve"] == "off":
            answer = self._run_again(_OTHERWISE, gap, start)
        if answer.doubt:
            raise EngineDoubt(f"HiGHS, asked twice: {answer.doubt}")
        return answer.values

    def add_row(self, row: Row) -> None:
        """Add a cut for good."""
        self._program.check(row)
        columns, coefficients = indices(row.columns), numbers(row.coefficients)
        status = self._highs.addRow(row.lower, row.upper, len(columns), columns, coefficients)
        accept(status, "a row")

    def change_row(self, number: int, coefficients: Mapping[int, float], upper: float) -> None:
        """Give some columns other coefficients in a row, and the row another upper bound, for good."""
        for column, coefficient in coefficients.items():
            accept(self._highs.changeCoeff(number, column, coefficient), "a coefficient")
        accept(self._highs.changeRowBounds(number, self._program.rows[number].lower, upper), "a row's bound")

    def stop(self) -> None:
        """End a call that runs in another thread soon, with LimitReached; later calls do not start."""
        self._limits = Limits.within(0.0)
        self._stop.set()

    def read_settings(self) -> dict[str, Setting]:
        """Return version and options as HiGHS itself reports them."""
        options = {name: self._highs.getOptionValue(name)[1] for name in sorted(self._settings)}
        return {"version": self._highs.version(), "githash": self._highs.githash(), **options}

    def _state(self, objective: Mapping[int, float], upper: Mapping[int, float]) -> None:
        """Put costs and bounds of the last call back and set those of this one."""
        costs = dict.fromkeys(self._costed, 0.0) | dict(objective)
        bounds = {j: (self._program.lower[j], self._program.upper[j]) for j in self._bounded}
        bounds |= {j: (self._program.lower[j], min(u, self._program.upper[j])) for j, u in upper.items()}
        self._costed, self._bounded = sorted(costs), sorted(bounds)
        self._change_costs(self._costed, [costs[j] for j in self._costed])
        self._change_bounds(self._bounded, [bounds[j] for j in self._bounded])
        self._costed, self._bounded = sorted(objective), sorted(upper)

    def _change_costs(self, columns: list[int], costs: list[float]) -> None:
        status = self._highs.changeColsCost(len(columns), indices(columns), numbers(costs))
        accept(status, "costs")

    def _change_bounds(self, columns: list[int], bounds: list[tuple[float, float]]) -> None:
        lower, upper = numbers(low for low, _ in bounds), numbers(high for _, high in bounds)
        status = self._highs.changeColsBounds(len(columns), indices(columns), lower, upper)
        accept(status, "bounds")

    def _run(self, gap: float, start: Sequence[float] | None) -> _Answer:
        """Run once, in time, and read the answer."""
        remaining = self._limits.remaining()
        if remaining <= 0:
            raise LimitReached("time was up before the solver started")
        self._set("time_limit", remaining)
        if start is not None:
            self._highs.setSolution(len(start), indices(range(len(start))), numbers(start))
        self.solves += 1
        return self._read(self._waited(remaining), gap)

    def _run_again(
        self, settings: Mapping[str, Setting], gap: float, start: Sequence[float] | None
    ) -> _Answer:
        """Run once more from nothing, with some other settings."""
        try:
            accept(self._highs.clearSolver(), "a fresh start")
            for name, value in settings.items():
                self._set(name, value)
            return self._run(gap, start)
        finally:
            if not self._left_behind():
                for name in settings:
                    self._set(name, self._settings[name])

    def _waited(self, remaining: float) -> HighsStatus:
        begun, used = monotonic(), self.cpu_seconds
        self._stop.clear()
        try:
            status = self._briefly(remaining)
            if status is None:
                status = self._patiently(remaining)
        finally:
            self.seconds += monotonic() - begun
            self._usual = (min(self._usual, 2 * _SHORT) + self.cpu_seconds - used) / 2
        if status is None:
            raise LimitReached("time is up, and HiGHS has not heeded it yet")
        return status

    def _briefly(self, remaining: float) -> HighsStatus | None:
        """Run in this thread, which does not hear Ctrl-C before the end; None if that takes too long.

        A thread of its own costs a run as much as a tenth of the time of the shortest ones.
        """
        if self._usual >= _SHORT or remaining <= _BRIEF:
            return None
        begun = monotonic()
        self._set("time_limit", _BRIEF)
        status = self._clocked_run()
        self._set("time_limit", remaining)
        cut_short = self._highs.getModelStatus() == HighsModelStatus.kTimeLimit
        return None if cut_short and monotonic() - begun >= _BRIEF else status

    def _patiently(self, remaining: float) -> HighsStatus | None:
        """Run in a thread of its own; None if it goes on after its time."""
        self._task = Task(self._clocked_run, self._stop)
        return self._task.result(by=monotonic() + remaining)

    def _clocked_run(self) -> HighsStatus:
        """Run, with the clock of the thread in which it runs."""
        begun = thread_time()
        try:
            return self._highs.run()
        finally:
            self.cpu_seconds += thread_time() - begun

    def _read(self, status: HighsStatus, gap: float) -> _Answer:
        """Return the proof that the solver's state amounts to, or why it is none."""
        model_status = self._highs.getModelStatus()
        stopped = model_status == HighsModelStatus.kInterrupt and self._limits.remaining() <= 0
        if stopped or model_status == HighsModelStatus.kTimeLimit:
            raise LimitReached("time is up: HiGHS proved nothing")
        if status == HighsStatus.kOk and model_status == HighsModelStatus.kInfeasible:
            return _Answer(None)
        if status == HighsStatus.kOk and model_status == HighsModelStatus.kOptimal:
            return self._read_solution(gap)
        return _Answer(None, f"{status.name}, {model_status.name}")

    def _read_solution(self, gap: float) -> _Answer:
        info, solution = self._highs.getInfo(), self._highs.getSolution()
        if not solution.value_valid or info.primal_solution_status != _FEASIBLE:
            return _Answer(None, "optimal without a feasible solution")
        least, best = info.mip_dual_bound, info.objective_function_value
        if any(self._program.integer) and not best - least <= gap + _ROUNDING * max(1.0, abs(best)):
            return _Answer(None, f"optimal with an open gap: {least!r} to {best!r}")
        return _Answer(tuple(solution.col_value))

    def _left_behind(self) -> bool:
        return self._task is not None and self._task.running

    def _refuse_if_left_behind(self) -> None:
        if self._left_behind():
            raise LimitReached("HiGHS is still busy with a call that was given up")

    def _set(self, name: str, value: Setting) -> None:
        """Set an option and read it back: HiGHS reports a refusal in a status that is easily lost."""
        accept(self._highs.setOptionValue(name, value), f"option {name}")
        if self._highs.getOptionValue(name)[1] != value:
            raise EngineDoubt(f"HiGHS keeps another value for option {name} than {value!r}")


class _Alarm(Event):
    """A request to stop; the solver is made to listen only when there is one.

    A solver that asks after every node whether to go on spends a tenth of its time on that where solves are
    short. The flags that are set here are looked at by the solver while it runs.
    """

    def __init__(self, highs: Highs) -> None:
        super().__init__()
        self._callbacks = (highs.cbMipInterrupt, highs.cbSimplexInterrupt)
        self._highs = highs
        for callback in self._callbacks:
            callback.subscribe(lambda event: event.interrupt(self.is_set()))
        self.clear()

    def set(self) -> None:
        """Ask the solver to stop, now or in its next run."""
        super().set()
        for callback in self._callbacks:
            self._highs.startCallback(callback.callback_type)

    def clear(self) -> None:
        """Let the solver run undisturbed."""
        super().clear()
        for callback in self._callbacks:
            self._highs.stopCallback(callback.callback_type)
