"""The command that enumerates public instances: exact fronts, honest ends, a sentence for each bad file."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from procure_opt.errors import UsageError
from procure_opt.pareto.enumeration import DOUBTFUL
from tests.benchmarks import swept as swept_module
from tests.benchmarks.exact import exact_solution
from tests.benchmarks.measured import AUTO, HIGHS, SWEEP, measured
from tests.benchmarks.public_instances import main
from tests.benchmarks.random_instances import (
    KINDS,
    Data,
    data_of,
    front_by_trying,
    random_mixed,
    random_pure,
    with_row,
)
from tests.benchmarks.reading import instance_of, read

ROOT = Path(__file__).resolve().parents[2]
EACH = 3
"""Random instances per kind and number of objectives."""


def parsed(data: Data) -> object:
    """Return what reading the instance as a file would return."""
    return json.loads(json.dumps(data), parse_float=Fraction)


def enumerated(data: Data, workers: int = 1, engine: str = AUTO) -> dict[str, object]:
    return measured(instance_of(parsed(data)), workers=workers, points=True, engine=engine)


def assert_exact(
    data: Data,
    front: list[list[int | float]],
    workers: int = 1,
    engines: Sequence[str] = (AUTO, HIGHS),
) -> None:
    for engine in engines:
        record = enumerated(data, workers, engine)
        assert (record["nondominated"], record["complete"], record["reason"]) == (front, True, None), data
        assert record["points"] == len(front)


@pytest.mark.parametrize("dimension", [2, 3, 4])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("engine", [SWEEP, HIGHS])
def test_random_integer_programs_give_the_front_of_trying_everything(
    kind: str, dimension: int, engine: str
) -> None:
    random = Random(f"{kind}{dimension}")
    for _ in range(EACH):
        data = random_pure(random, dimension, kind)
        assert_exact(data, front_by_trying(data), engines=[engine])


def test_columns_that_begin_anywhere_are_swept() -> None:
    data = data_of("shifted", ["max", "min"], [[3, 1, -2], [1, 2, 1]], [4, 1, 7])
    data["lb"] = [-2, 1, 5]
    with_row(data, {0: 2, 2: 1}, None, 9)
    front = [[3 * x + 1 - 10, x + 2 + 5] for x in range(-2, 3)]
    assert_exact(data, front, engines=[SWEEP, HIGHS])


def test_what_cannot_be_swept_is_refused_or_left_to_the_solver() -> None:
    data, front = random_mixed(Random("mixed"))
    with pytest.raises(UsageError, match="cannot be swept"):
        enumerated(data, engine=SWEEP)
    assert_exact(data, front)
    assert enumerated(data)["engine"] == HIGHS


def test_a_program_of_very_many_assignments_is_left_to_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    data = data_of("wide", ["max", "max"], [[3, 1], [1, 2]], [400, 400])
    with_row(data, {0: 1, 1: 1}, None, 401)
    swept = enumerated(data)
    monkeypatch.setattr(swept_module, "MOST_WAYS", 100_000)
    solved = enumerated(data)
    assert (swept["engine"], solved["engine"]) == (SWEEP, HIGHS)
    assert swept["nondominated"] == solved["nondominated"]


def test_a_sweep_that_takes_far_longer_than_it_promised_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swept_module, "MOST_LOOKED_AT", 0)
    data = random_pure(Random("given up"), 3, "knapsack")
    record = enumerated(data)
    assert (record["engine"], record["nondominated"]) == (HIGHS, front_by_trying(data))


def test_what_a_sweep_claims_and_integers_deny_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swept_module.SweptInstance, "point", lambda *_: None)
    data = random_pure(Random("denied"), 3, "knapsack")
    assert enumerated(data)["engine"] == HIGHS
    record = enumerated(data, engine=SWEEP)
    assert (record["complete"], record["points"], record["reason"]) == (False, 0, DOUBTFUL)


def test_random_mixed_programs_on_a_grid_give_their_fronts() -> None:
    random = Random("mixed")
    for _ in range(EACH):
        assert_exact(*random_mixed(random))


def test_workers_change_no_point() -> None:
    random = Random("workers")
    for dimension in (2, 3):
        data = random_pure(random, dimension, "knapsack")
        assert_exact(data, front_by_trying(data), workers=3)


def test_an_infeasible_program_has_an_empty_front_and_that_is_a_proof() -> None:
    parity = data_of("parity", ["min", "max"], [[1, 0], [0, 1]], [9, 9])
    assert_exact(with_row(parity, {0: 2, 1: 4}, 7, 7), [])


def test_bounds_that_cross_leave_nothing() -> None:
    data = data_of("crossed", ["min", "max"], [[1, 0], [0, 1]], [9, 9])
    data["lb"] = [3, 4]
    data["ub"] = [2, 9]
    assert_exact(data, [])


def test_a_single_assignment_is_a_front_of_one_point() -> None:
    data = data_of("single", ["min", "max", "min"], [[3, 1], [1, 2], [0, 0]], [4, 4])
    data["lb"] = [4, 4]
    assert_exact(data, [[16, 12, 0]])


def test_objectives_that_agree_have_one_point() -> None:
    assert_exact(data_of("agree", ["max", "max"], [[1, 2], [2, 4]], [3, 3]), [[9, 18]])


@pytest.mark.parametrize("scale", [10**6, 10**9, 10**12])
def test_a_common_factor_of_any_size_changes_no_point(scale: int) -> None:
    data = random_pure(Random("scale"), 3, "knapsack")
    data["objectives"][0] = [scale * c for c in data["objectives"][0]]
    assert_exact(data, front_by_trying(data))


@pytest.mark.parametrize("size", [10**7, 10**10, 10**13])
def test_coefficients_beyond_the_solver_s_tolerances_are_decided_in_integers(size: int) -> None:
    random = Random(f"hostile{size}")
    for _ in range(3):
        data = random_pure(random, 3, "knapsack")
        n = len(data["ub"])
        data["objectives"] = [[random.randint(1, size) for _ in range(n)] for _ in range(3)]
        weights = [random.randint(1, size) for _ in range(n)]
        with_row(data, dict(enumerate(weights)), None, sum(weights) // 2)
        assert_exact(data, front_by_trying(data))


def test_fractional_bounds_of_integer_rows_are_rounded_inwards() -> None:
    data = data_of("half", ["max", "min"], [[1, 1], [1, 2]], [3, 3])
    assert_exact(with_row(data, {0: 2, 1: 2}, None, 4.5), front_by_trying(data))


def test_continuous_columns_are_completed_in_fractions() -> None:
    """X + s + t = 1 and 3 s = t: the shares of a third and the like have no finite decimals."""
    data = data_of("thirds", ["max", "min"], [[1, 0, 0, 0], [0, 0, 0, 1]], [1, 1, 1, 5])
    data["integer"] = [1, 0, 0, 1]
    with_row(data, {0: 1, 1: 1, 2: 1}, 1, 1)
    with_row(data, {1: 2, 2: -1}, 0, 0)
    instance = instance_of(parsed(data))
    found = exact_solution(instance, [0.0, 0.3333, 0.6667, 0.0])
    assert found is not None
    assert instance.is_feasible(found)
    with_row(data, {1: 1}, 0.34, None)
    assert exact_solution(instance_of(parsed(data)), [0.0, 0.3333, 0.6667, 0.0]) is None


# -- the command -----------------------------------------------------------------------------------------


def written(folder: Path, data: object) -> str:
    path = folder / "instance.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return str(path)


def small() -> Data:
    return with_row(data_of("small", ["min", "max"], [[1, 2], [2, 3]], [3, 3]), {0: 1, 1: 1}, None, 4)


def test_one_line_of_json_for_each_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, small())
    assert main([path, path, "--points"]) == 0
    out, err = capsys.readouterr()
    records = [json.loads(line) for line in out.splitlines()]
    assert err == ""
    assert [record["nondominated"] for record in records] == [front_by_trying(small())] * 2
    assert list(records[0]) == [
        "name",
        "points",
        "nondominated",
        "complete",
        "reason",
        "engine",
        "solves",
        "cpu_seconds",
        "wall_seconds",
        "share_outside_solver",
        "peak_memory_mb",
        "workers",
    ]


def changed(**changes: object) -> Data:
    return small() | changes


MATRIX = {"rows": [0], "cols": [0], "vals": [1], "m": 1, "n": 2}
BAD: list[tuple[object, str]] = [
    ("", "1:1: Expecting value"),
    ("{", "Expecting property name"),
    ("[1, 2]", "an instance is a JSON object"),
    ("[" * 100_000, "nested too deeply"),
    ('{"integer": [1], "lb": [NaN]}', "NaN is not a number in JSON"),
    ('{"integer": [1], "lb": [1e999999999]}', "more digits than this program reads"),
    ({}, "integer: missing, or not a list"),
    (changed(integer=[1, 2]), "every entry must be 0 or 1"),
    (changed(integer=[]), "there is no column"),
    (changed(name=7), "name: missing, or not a text"),
    (changed(sense=["min"]), "sense: 1 entries for 2 objectives"),
    (changed(sense=["min", "least"]), 'sense[2]: "least" is neither "min" nor "max"'),
    (changed(objectives=[[1, 2]], sense=["min"]), "this program takes 2, 3 or 4"),
    (changed(objectives=[[1, 2], [1]]), "objectives[2]: must be a list of 2 numbers"),
    (changed(objectives=[[1, "two"], [1, 2]]), "objectives[1]: 'two' is not a number"),
    (changed(objectives=[[1, True], [1, 2]]), "objectives[1]: True is not a number"),
    (changed(objectives=[[1, 10**16], [1, 2]]), "too large to be solved with"),
    (changed(lb=[0]), "lb: 1 entries where 2 are needed"),
    (changed(b_upper=[]), "b_upper: 0 entries where 1 are needed"),
    (changed(A_ub=None), "A_ub: missing, or not an object"),
    (changed(A_ub=MATRIX | {"n": 3}), "do not fit 2 columns"),
    (changed(A_ub=MATRIX | {"cols": [2]}), "row 0, column 2 lies outside 1 x 2"),
    (changed(A_ub=MATRIX | {"cols": [0.5]}), "A_ub.cols: 0.5 is not a whole number"),
    (changed(A_ub=MATRIX | {"vals": []}), "differ in length"),
    (changed(grid=[1]), "grid: must be null or one step per objective"),
    (changed(grid=[0, 1]), "grid[1]: a step must be positive"),
    (changed(integer=[1, 0]), "the front may be infinite"),
    (changed(ub=[None, None], b_upper=[None]), "improves without limit, so the front may be infinite"),
]


@pytest.mark.parametrize(("data", "sentence"), BAD, ids=[sentence for _, sentence in BAD])
def test_a_file_that_cannot_be_used_has_a_sentence(
    data: object, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([written(tmp_path, data)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: ")
    assert sentence in err
    assert err.count("\n") == 1


def test_a_file_that_is_not_there_does_not_keep_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "none.json"), written(tmp_path, small())]) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["complete"] is True
    assert "none.json: No such file" in err


@pytest.mark.parametrize("arguments", [[], ["--workers", "0"], ["--workers", "x"], ["--time-limit", "-1"]])
def test_a_wrong_call_is_refused(arguments: list[str], tmp_path: Path) -> None:
    files = [written(tmp_path, small())] if arguments else []
    with pytest.raises(SystemExit) as refused:
        main([*files, *arguments])
    assert refused.value.code == 2


def test_a_grid_that_an_objective_does_not_keep_is_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = data_of("off", ["max", "min"], [[1, 0], [0, 1]], [2.5, 3])
    data |= {"integer": [0, 1], "grid": [1, None]}
    assert main([written(tmp_path, data)]) == 2
    assert "takes the value 2.5, off its declared grid" in capsys.readouterr().err


# -- ends before the end ---------------------------------------------------------------------------------


def large() -> Data:
    """Knapsack with three objectives that no machine finishes in the time of a test."""
    random = Random("large")
    costs = [[random.randint(1, 1000) for _ in range(60)] for _ in range(3)]
    weights = [random.randint(1, 1000) for _ in range(60)]
    data = data_of("large", ["max"] * 3, costs, [1] * 60)
    return with_row(data, dict(enumerate(weights)), None, sum(weights) // 2)


@pytest.mark.parametrize(("engine", "workers"), [(SWEEP, 1), (HIGHS, 1), (HIGHS, 2)])
def test_a_time_limit_ends_it_without_a_claim(
    engine: str, workers: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [written(tmp_path, large()), "--time-limit", "1", "--points", "--engine", engine]
    assert main([*command, "--workers", str(workers)]) == 3
    record = json.loads(capsys.readouterr().out)
    assert (record["complete"], record["reason"]) == (False, "time limit")
    assert record["points"] == len(record["nondominated"])


@pytest.mark.parametrize(("engine", "workers"), [(SWEEP, "1"), (HIGHS, "1"), (HIGHS, "2")])
def test_ctrl_c_ends_it_with_what_was_found(engine: str, workers: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.public_instances", written(tmp_path, large())]
    command += ["--engine", engine, "--workers", workers]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        time.sleep(2.0)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=20)
    record = json.loads(out)
    assert (child.returncode, err) == (130, "")
    assert (record["complete"], record["reason"]) == (False, "interrupted")


def test_trying_everything_ends_with_its_time() -> None:
    data = data_of("hostile", ["max", "max"], [[10**10 + j for j in range(40)]] * 2, [1] * 40)
    data["objectives"][1] = data["objectives"][1][::-1]
    record = measured(instance_of(parsed(data)), seconds=0.5, points=False)
    assert (record["complete"], record["reason"]) == (False, "time limit")


# -- files of others -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["AIRA_3AP05", "KS_ILP3_n10_1", "KS_KP4_n10_1"])
@pytest.mark.parametrize("engine", [SWEEP, HIGHS])
def test_the_published_front_is_found(name: str, engine: str, instances: Path) -> None:
    path = instances / f"{name}.json"
    record = measured(read(str(path)), points=True, engine=engine)
    assert record["complete"]
    assert record["nondominated"] == sorted(json.loads(path.read_text(encoding="utf-8"))["nondominated"])


def test_an_instance_with_continuous_objectives_is_refused(
    instances: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(instances / "MI_cont_P3W3_1.json")]) == 2
    assert "the front may be infinite" in capsys.readouterr().err


def test_at_most_nineteen_solves_for_ten_points_at_three_objectives(instances: Path) -> None:
    record = measured(read(str(instances / "KS_KP3_n10_5.json")), points=False, engine=HIGHS)
    assert record["points"] == 25
    assert record["solves"] <= 1.9 * 25
