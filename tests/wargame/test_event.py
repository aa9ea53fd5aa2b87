"""Nonsense about an inject is refused, all of it at once; the order of keys means nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from random_cases import reversed_keys
from tri1_claim import TESTS, TRI1, call, tri1_case, tri1_claim

from procure_opt.case.history import Inject
from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.errors import CaseError, UsageError
from procure_opt.result.write import result_bytes, to_bytes
from procure_opt.structure.structure import Structure
from procure_opt.wargame.document import document
from procure_opt.wargame.effect import effect
from procure_opt.wargame.event import flaws, happen

NONSENSE: dict[str, tuple[dict[str, Any], set[str]]] = {
    "nothing said": ({"kind": "withdrawal"}, {"nation"}),
    "unknown names": (
        {"kind": "withdrawal", "nation": "ALB", "pillar": "aircarft"},
        {"nation", "pillar"},
    ),
    "a package that is none": ({"kind": "cost_overrun", "package": "engin", "percent": 5}, {"package"}),
    "no size": ({"kind": "cost_overrun", "package": "engine"}, {"percent"}),
    "two sizes": ({"kind": "cost_overrun", "package": "engine", "percent": 5, "million": 5}, {"million"}),
    "fields of other kinds": (
        {"kind": "delay", "months": 3, "nation": "ALP", "sunk": 7},
        {"nation", "sunk"},
    ),
    "no date": ({"kind": "delay", "months": 3}, {"pillar"}),
    "no budget": ({"kind": "budget_shock", "nation": "ALP", "percent": 500}, {"nation", "percent"}),
    "more than all": ({"kind": "order_cut", "nation": "ALP", "percent": 101}, {"percent"}),
    "oneself": ({"kind": "export_denial", "holder": "ALP", "nation": "ALP"}, {"holder"}),
    "a holder that is none": ({"kind": "export_denial", "holder": "vendor_y"}, {"holder"}),
    "a line of another": (
        {"kind": "election", "nation": "ALP", "announces": ["RL2"], "withdraws": ["RL2", "RL3"]},
        {"announces", "withdraws"},
    ),
    "weights that do not sum": (
        {"kind": "election", "nation": "ALP", "task_weights": {"operate": 40}},
        {"task_weights"},
    ),
    "an unknown task": (
        {"kind": "election", "nation": "ALP", "task_weights": {"opreate": 100}},
        {"task_weights"},
    ),
    "a tier that is none": ({"kind": "new_entrant", "nation": "GAM", "tier": "cor"}, {"tier"}),
    "a line that is none": ({"kind": "red_line_withdrawn", "red_line": "RL5"}, {"red_line"}),
}


def inject(**stated: Any) -> Inject:
    return Inject.model_validate({"text": "", **stated})


@pytest.mark.parametrize("name", sorted(NONSENSE))
def test_nonsense_is_refused_with_every_finding(name: str) -> None:
    stated, fields = NONSENSE[name]
    assert {field for field, _ in flaws(tri1_case(), inject(**stated))} == fields
    with pytest.raises(CaseError) as caught:
        happen(tri1_case(), [inject(**stated)])
    assert {finding.where for finding in caught.value.findings} == {f"inject.{field}" for field in fields}


def test_a_package_of_another_pillar_is_none_and_a_pillar_must_be_named() -> None:
    case = load_case(TESTS / "oracles" / "two_pillars.yaml")
    stated = {"kind": "cost_overrun", "package": "wing", "percent": 5}
    wrong = flaws(case, inject(pillar="cloud", **stated))
    assert wrong == (("package", '"wing" is not a package of cloud (code)'),)
    assert flaws(case, inject(**stated)) == (("pillar", "missing: which one? (cloud, drone, jet)"),)
    assert flaws(case, inject(pillar="drone", **stated)) == ()


def test_a_case_that_cannot_be_stated_is_no_internal_error() -> None:
    happened = happen(tri1_case(), [inject(kind="cost_overrun", package="engine", percent=850)])
    assert happened.case.pillars["aircraft"].packages["engine"].cost_index_percent["GAM"].value == 980
    with pytest.raises(CaseError, match="no case can state what follows"):
        happen(tri1_case(), [inject(kind="cost_overrun", package="engine", percent=950)])


def test_a_structure_of_another_case_is_refused() -> None:
    with pytest.raises(UsageError, match="is none of this case"):
        effect(tri1_case(), [], Structure({}, {"submarine": {"ALP": "none"}}))


def test_keys_in_another_order_give_the_same_bytes() -> None:
    stated = {"kind": "withdrawal", "nation": "BET", "eviction": 50, "sunk": 300, "text": "Bethany goes"}
    signed = tri1_claim().structures[0].structure
    answers = []
    for turned in (lambda data: data, reversed_keys):
        case = Case.model_validate(turned(tri1_case().model_dump(by_alias=True)))
        events = [Inject.model_validate(turned(stated))]
        answers.append(to_bytes(document(effect(case, events, signed, workers=1), events)))
    assert answers[0] == answers[1] and b"seconds" not in answers[0]


# -- the command line ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("signed") / "result.json"
    path.write_bytes(result_bytes(tri1_claim()))
    return str(path)


def prepared(folder: Path, block: str) -> str:
    path = folder / "case.yaml"
    path.write_text((TESTS / "oracles" / "tri1.yaml").read_text() + block)
    return str(path)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("withdrawl",), 'did you mean "withdrawal"?'),
        (("withdrawal", "--nation", "ALB"), 'inject.nation: "ALB" is not a nation'),
        (("cost_overrun", "--package", "wing"), "2 errors"),
        (("cost_overrun", "--package", "engine", "--percent", "much"), "much is no number"),
        (("cost_overrun", "--package", "engine", "--percent", "-5"), "must be at least 0"),
        (("delay", "--months", "1e999"), "is no number"),
        (("delay", "--months", "0.5"), "whole"),
        (("export_denial", "--holder", "ALP", "--level", "9"), "level"),
        (("election", "--nation", "ALP", "--weights", "operate"), "must be like operate=40"),
        (("withdrawal", "delay", "--nation", "ALP"), "name one kind at a time"),
        (("withdrawal", "--nation", "BET", "--signed", "RESULT", "S-0000"), "fits no structure"),
        (("withdrawal", "--nation", "\x1b[31m"), "\\x1b"),
    ],
)
def test_wrong_usage_is_a_sentence_and_exit_2(words: tuple[str, ...], told: str, result: str) -> None:
    code, out, err = call("inject", TRI1, *(result if word == "RESULT" else word for word in words))
    assert (code, out) == (2, "") and told in err and "Traceback" not in err


def test_an_answer_in_words(result: str) -> None:
    words = ("withdrawal", "--nation", "BET", "--sunk", "300", "--text", "Bethany's parliament has voted.")
    code, out, err = call("inject", TRI1, *words, "--signed", result, "f2c4")
    assert code == 0 and err.startswith("answered in ") and "answered in" not in out
    for line in (
        "  Bethany's parliament has voted.",
        "    new: the inject (INJECT1): BET has withdrawn from aircraft",
        "  step 1: BET (Bethany) leaves for off_the_shelf",
        "  aircraft, lead of airframe: BET -> ALP",
        "  sunk, and so on no account below: BET has spent 300 million EUR in vain",
    ):
        assert line in out.splitlines(), line
    assert "9,450 million EUR, regret 2,490 million EUR" in out


def test_an_inject_that_the_case_has_prepared_is_known_by_its_id(tmp_path: Path) -> None:
    block = "injects: {gone: {kind: withdrawal, nation: BET, text: They have gone.}}\n"
    code, out, _ = call("inject", prepared(tmp_path, block), "gone", "--workers", "1")
    assert code == 0 and "They have gone." in out and "2 efficient structures" in out
    code, out, err = call("inject", prepared(tmp_path, block), "gone", "--nation", "ALP")
    assert (code, out) == (2, "") and "state theirs" in err


def test_no_time_is_exit_3_and_says_what_is_known_without_a_search(result: str) -> None:
    words = ("cost_overrun", "--package", "engine", "--percent", "30", "--signed", result, "f2c4")
    code, out, _ = call("inject", TRI1, *words, "--time-limit", "0.002")
    assert code == 3 and "incomplete (time limit)" in out and "so far" in out
    assert "S-f2c4677b7db4" in out.partition("without a search")[2], "what was signed is looked at first"


def test_no_structure_at_all_is_exit_4(tmp_path: Path) -> None:
    """With a pillar that must come about instead of GAM's ceiling, and nobody to build its engine."""
    path = Path(prepared(tmp_path, ""))
    text = path.read_text()
    ceiling = "then: {cost_at_most: {nation: GAM, million: 2200}}"
    assert ceiling in text
    path.write_text(text.replace(ceiling, "then: {exists: {pillar: aircraft}}"))
    code, out, _ = call("inject", str(path), "technology_failure", "--package", "engine")
    assert code == 4 and "no structure obeys the rules of the case that follows" in out


def test_check_warns_of_a_prepared_inject_that_cannot_be_played(tmp_path: Path) -> None:
    block = "injects: {late: {kind: delay, nation: BET, text: Late.}}\n"
    code, out, err = call("check", prepared(tmp_path, block))
    assert code == 0 and "2 warnings" in out
    assert "warning: injects.late.months: missing: the kind delay needs months" in err
    assert "warning: injects.late.nation: means nothing for the kind delay" in err
