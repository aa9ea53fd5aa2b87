"""Dask's executor, on one machine: needs the extra ``procure-opt[dask]``, and is skipped without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from procure_opt import load_case, solve
from procure_opt.result.write import result_bytes

TRI2 = Path(__file__).parents[1] / "oracles" / "tri2.yaml"


def test_a_cluster_of_two_gives_the_same_bytes(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra procure-opt[dask] is not installed")
    case = load_case(TRI2)
    places = {"host": "127.0.0.1", "dashboard_address": None, "local_directory": str(tmp_path)}
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, **places) as cluster,
        distributed.Client(cluster) as client,
    ):
        away = solve(case, executor=client.get_executor(), workers=2)
    assert away.complete and away.journey.workers == 2
    assert result_bytes(away.claim) == result_bytes(solve(case, workers=1).claim)
