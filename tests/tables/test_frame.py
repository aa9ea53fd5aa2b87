"""Frames: what pandas holds is what the claim states, and it says its units."""

from __future__ import annotations

import pytest
from tri1_claim import VECTORS, tri1_claim

from procure_opt import extras
from procure_opt.errors import UsageError
from procure_opt.front import StatedFront
from procure_opt.tables import Frames


def test_without_pandas_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(extras, "import_module", absent)
    with pytest.raises(UsageError, match=r"needs pandas.*\npip install 'procure-opt\[frame\]'"):
        Frames(tri1_claim()).points()


def test_whole_numbers_stay_whole_and_the_index_is_the_structure() -> None:
    pytest.importorskip("pandas", reason="needs the extra frame")
    claim = tri1_claim()
    table = StatedFront(claim.case, (), claim.evidence).to_frame()
    assert list(table.columns[:2]) == ["autonomy_points", "autonomy_percent"], "also with no row"
    table = Frames(claim).points()
    values = table[["autonomy_points", "spinoff_million", "cost_million"]]
    assert {str(kind) for kind in values.dtypes} == {"int64"}
    assert [tuple(row) for row in values.to_numpy().tolist()] == VECTORS
    assert list(table.index) == [each.id for each in claim.structures]


def test_a_frame_says_its_units_its_marking_and_how_complete_it_is() -> None:
    pytest.importorskip("pandas", reason="needs the extra frame")
    frames = Frames(tri1_claim())
    for table in (frames.points(), frames.nations(), frames.workshare(), frames.inputs()):
        units = table.attrs["units"]
        assert set(units) == {*table.columns, *table.index.names}
        assert table.attrs["marking"] == "UNCLASSIFIED - SYNTHETIC EXAMPLE"
        assert table.attrs["completeness"].startswith("complete at resolution")
    assert frames.points().attrs["units"]["cost_million"] == "million EUR, prices of 2024"


def test_in_the_table_of_nations_nobody_is_missing_rather_than_a_name() -> None:
    pytest.importorskip("pandas", reason="needs the extra frame")
    table = Frames(tri1_claim()).nations()
    first = tri1_claim().structures[0].id
    assert table["worst_denier"].isna()[first, "ALP"]
    assert table.loc[(first, "ALP"), "cost_exact"] == "9081/2"
    assert table.loc[(first, "ALP"), "cost_million"] == 4540.5
