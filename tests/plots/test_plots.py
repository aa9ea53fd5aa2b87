"""Figures: made for every question, with marking and units, and no text of a case is obeyed."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hostile_claim import hostile_claim
from tri1_claim import tri1_claim

from procure_opt import extras
from procure_opt.claim import Claim
from procure_opt.errors import UsageError
from procure_opt.plots import Plots
from procure_opt.plots.money import flows

PLOTS: dict[str, Callable[[Plots], Any]] = {
    "trilemma": lambda plot: plot.trilemma(),
    "trilemma of one": lambda plot: plot.trilemma(1),
    "parallel": lambda plot: plot.parallel(["GAM"]),
    "tradeoff": lambda plot: plot.tradeoff(),
    "workshare": lambda plot: plot.workshare(0),
    "dependence": lambda plot: plot.dependence(1),
    "money": lambda plot: plot.money(0),
}
OURS = re.compile(r"</?(br|sub)>")


def plotted(claim: Claim, name: str) -> Any:
    pytest.importorskip("plotly", reason="needs the extra plot")
    return json.loads(PLOTS[name](Plots(claim)).to_json())


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    return [value] if isinstance(value, str) else []


def test_without_plotly_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(extras, "import_module", absent)
    with pytest.raises(UsageError, match=r"needs plotly.*\npip install 'procure-opt\[plot\]'"):
        Plots(tri1_claim()).tradeoff()


@pytest.mark.parametrize("name", PLOTS)
def test_a_figure_says_its_marking_date_and_completeness(name: str) -> None:
    drawn = " ".join(texts(plotted(tri1_claim(), name)["layout"]))
    for words in ("UNCLASSIFIED - SYNTHETIC EXAMPLE; as of 2026-11-01", "complete at resolution", "(tri1)"):
        assert words in drawn


@pytest.mark.parametrize("name", PLOTS)
def test_no_text_of_a_hostile_case_is_a_tag_or_a_formula(name: str) -> None:
    for text in texts(plotted(hostile_claim(), name)):
        bare = OURS.sub("", text)
        assert "<" not in bare
        assert "$" not in bare


@pytest.mark.parametrize("name", ["trilemma", "parallel", "tradeoff"])
def test_an_empty_front_can_be_drawn(name: str) -> None:
    plotted(replace(tri1_claim(), structures=()), name)


def test_the_tradeoff_shows_every_structure_once_at_its_values() -> None:
    drawn = plotted(tri1_claim(), "tradeoff")
    shown = sorted(x for trace in drawn["data"] for x in trace["x"])
    assert shown == sorted(each.values[2] for each in tri1_claim().structures)
    assert drawn["layout"]["xaxis"]["title"]["text"] == "cost (million EUR, prices of 2024)"
    assert len({trace["marker"]["symbol"] for trace in drawn["data"]}) == 3, "shapes beside colours"


def test_the_shares_in_the_map_of_work_sum_to_a_hundred_and_leads_are_named() -> None:
    (drawn,) = plotted(tri1_claim(), "workshare")["data"]
    assert all(sum(row) == 100 for row in drawn["z"])
    assert all(sum("lead" in cell for cell in row) == 1 for row in drawn["text"])


def test_the_map_of_dependence_shows_lost_points() -> None:
    """In the second structure ALP loses 30 points (operate) without BET, GAM 60 without its vendor."""
    (drawn,) = plotted(tri1_claim(), "dependence")["data"]
    assert drawn["z"] == [[30, 0, 0], [0, 0, 60]]


def test_what_flows_into_a_pool_flows_out_of_it_and_treasuries_pay_the_cost() -> None:
    for each in tri1_claim().structures:
        into: dict[str, float] = defaultdict(float)
        out: dict[str, float] = defaultdict(float)
        for flow in flows(each):
            into[flow.target] += flow.million
            out[flow.source] += flow.million
        pools = set(into) & set(out)
        assert all(abs(into[pool] - out[pool]) < 1e-6 for pool in pools)
        paid = sum(million for name, million in out.items() if name.endswith(" pays"))
        assert paid == pytest.approx(each.values[2])


def test_an_unknown_nation_or_structure_is_refused() -> None:
    with pytest.raises(UsageError, match=r'"ZZZ" is not a nation of this case \(ALP, BET, GAM\)'):
        Plots(tri1_claim()).parallel(["ZZZ"])
    with pytest.raises(UsageError, match="fits no structure"):
        Plots(tri1_claim()).workshare("S-zzz")
