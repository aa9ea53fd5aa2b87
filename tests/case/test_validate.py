# ruff: noqa: E501 - findings and hostile words are quoted whole
"""Every error of a model is said once, at the line of the value, with what would be right."""

from __future__ import annotations

import copy
import json
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from procure_opt.case.document import Document, parse_document
from procure_opt.case.validate import Remark, closest, findings_of, validate
from procure_opt.errors import CaseError


class Stated(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Range(Stated):
    """A number in long form."""

    value: Decimal
    low: Decimal | None = None
    high: Decimal | None = None

    @model_validator(mode="after")
    def _low_is_low(self) -> Range:
        if self.low is not None and self.low > self.value:
            raise ValueError(f"low {self.low} is above the value {self.value}")
        return self


class Plain(Stated):
    """A number in either form, made long before pydantic looks at it."""

    value: Decimal = Field(ge=0)
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _long(cls, raw: Any) -> Any:
        return {"value": raw} if not isinstance(raw, dict) else raw


class Work(Stated):
    min_percent: Annotated[int, Field(ge=0, le=100)] = 0
    phase: Literal["development", "production"] = "development"


class Tier(Stated):
    stake: int = Field(description="Share of the votes, percent. Sums to 100.")
    work: tuple[Work, ...] = ()
    cost: Annotated[int, Field(ge=0)] | Range = 0
    reserve: Plain = Plain(value=Decimal(0))


class Equal(Stated):
    rule: Literal["equal"]


class Fixed(Stated):
    rule: Literal["fixed"]
    percent: dict[str, int]


class Pillar(Stated):
    tiers: dict[str, Tier]
    sharing: Annotated[Equal | Fixed, Field(discriminator="rule")] = Equal(rule="equal")
    record: tuple[str, ...] | Literal["unknown"] = "unknown"
    parts: tuple[Pillar, ...] = ()


class Toy(Stated):
    title: str
    as_of: date | None = None
    sense: Literal["pareto", "cone", "off"] = "pareto"
    nations: dict[Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")], Annotated[int, Field(gt=0)]] = {}
    pillars: dict[str, Pillar] = {}
    fictional: bool = False
    not_: Range | Equal | None = Field(None, alias="not")
    code: str = Field("ABC", min_length=2, max_length=4, examples=["GCAP"])
    mixed: Literal["off"] | Annotated[Equal | Fixed, Field(discriminator="rule")] | int = "off"

    @field_validator("title")
    @classmethod
    def _has_a_title(cls, title: str) -> str:
        if not title.strip():
            raise ValueError("a case needs a title")
        return title


VALID = """\
title: Toy
as_of: 2026-05-31
sense: cone
nations: {GBR: 1, NO: 2}
pillars:
  fighter:
    tiers:
      core:
        stake: 60
        work:
          - min_percent: 10
            phase: production
        cost: {value: 0.5, low: 0.1}
        reserve: 0.25
    sharing: {rule: fixed, percent: {GBR: 40}}
    record: [GBR]
not: {value: 3}
mixed: {rule: equal}
""".replace("NO:", "NOR:")


def document(text: str) -> Document:
    return parse_document(text.encode(), "toy.yaml")


def said(text: str) -> list[str]:
    """Return what is wrong with a toy case, without the file's name."""
    with pytest.raises(CaseError) as caught:
        validate(document(text), Toy)
    return [str(finding).removeprefix("toy.yaml:") for finding in caught.value.findings]


def said_of(line: str) -> list[str]:
    return said(f"title: Toy\n{line}")


def test_a_valid_document_becomes_the_model() -> None:
    toy = validate(document(VALID), Toy)
    assert toy.pillars["fighter"].tiers["core"].cost == Range(value=Decimal("0.5"), low=Decimal("0.1"))
    assert toy.nations["NOR"] == 2
    assert toy.as_of == date(2026, 5, 31)


def test_an_unknown_key_is_said_at_the_key_with_the_word_that_was_meant() -> None:
    changed = VALID.replace("        work:", "        wrok:")
    assert said(changed) == [
        '10:9: error: pillars.fighter.tiers.core: unknown key "wrok", did you mean "work"? '
        "(known here: stake, work, cost, reserve)"
    ]


def test_a_missing_key_is_said_at_the_mapping_with_its_meaning() -> None:
    assert said("title: T\npillars: {air: {tiers: {core: {work: []}}}}") == [
        '2:31: error: pillars.air.tiers.core: missing "stake" (Share of the votes, percent)'
    ]


def test_a_misspelt_key_is_not_missing_as_well() -> None:
    (only,) = said("title: T\npillars: {air: {tiers: {core: {stacke: 3}}}}")
    assert 'unknown key "stacke", did you mean "stake"?' in only


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("sense: paretto", '2:8: error: sense: found "paretto", expected one of pareto, cone, off; did you mean "pareto"?'),
        ("nations: {GBR: many}", '2:16: error: nations.GBR: found the text "many", expected a whole number'),
        ("nations: {GBR: true}", "2:16: error: nations.GBR: found true, expected a whole number"),
        ("nations: {GBR: 0.5}", "2:16: error: nations.GBR: found 0.5, expected a whole number"),
        ("nations: {GBR: -3}", "2:16: error: nations.GBR: found -3, must be more than 0"),
        ("nations: {GBR: '3'}", '2:16: error: nations.GBR: found the text "3", expected a whole number: write it without quotes'),
        ("nations: {GBR: }", "2:16: error: nations.GBR: found nothing, expected a whole number"),
        ("nations: {gbr: 3}", '2:11: error: nations: found the key "gbr", expected three capital letters'),
        ("nations: [GBR]", "2:10: error: nations: found a list of 1, expected a mapping"),
        ("fictional: yes", '2:12: error: fictional: found the text "yes", expected true or false'),
        ("fictional: 1", "2:12: error: fictional: found 1, expected true or false"),
        ("as_of: 31.12.2026", '2:8: error: as_of: found the text "31.12.2026", expected a date such as 2026-05-31'),
        ("as_of: 20260531", "2:8: error: as_of: found 20260531, expected a date such as 2026-05-31"),
        ("as_of: 2026-02-30", '2:8: error: as_of: found the text "2026-02-30", expected a date such as 2026-05-31'),
        ("nations: {GBR: '1,260'}", '2:16: error: nations.GBR: found the text "1,260", expected a whole number: numbers take no thousands separator, write 1260'),
        ("nations: {GBR: 1 260 000}", '2:16: error: nations.GBR: found the text "1 260 000", expected a whole number: numbers take no thousands separator, write 1260000'),
        ("nations: {GBR: '2,5'}", '2:16: error: nations.GBR: found the text "2,5", expected a whole number: numbers take a decimal point, write 2.5'),
        ("nations: {GBR: 60%}", '2:16: error: nations.GBR: found the text "60%", expected a whole number: write it without the sign, 60'),
        ("code: 2026", '2:7: error: code: found 2026, expected a text: write it in quotes, "2026"'),
        ("code: A", '2:7: error: code: found the text "A", must have at least 2 characters (such as GCAP)'),
        ("code: ABCDE", '2:7: error: code: found the text "ABCDE", must have at most 4 characters'),
        ("not: {low: 3}", '2:6: error: not: missing "value"'),
        ("not: {value: 3, low: 4}", "2:6: error: not: low 4 is above the value 3"),
        ("not: 5", "2:6: error: not: found 5, expected a mapping (value, low, high) or a mapping (rule)"),
        ("not: {value: 3, lwo: 1}", '2:17: error: not: unknown key "lwo", did you mean "low"? (known here: value, low, high)'),
        ("not_: {value: 3}", '2:1: error: unknown key "not_", did you mean "not"? (known here: title, as_of, sense, '
         "nations, pillars, fictional, not, code, mixed)"),
        ("mixed: {rule: fixed, percent: {GBR: x}}", '2:37: error: mixed.percent.GBR: found the text "x", expected a whole number'),
        ("mixed: {rule: fixed}", '2:8: error: mixed: missing "percent"'),
        ("mixed: {rule: equl}", '2:15: error: mixed.rule: found "equl", expected one of equal, fixed; did you mean "equal"?'),
        ("mixed: of", '2:8: error: mixed: found "of", expected off or a mapping (rule) or a mapping (rule, percent) '
         'or a whole number; did you mean "off"?'),
    ],
)  # fmt: skip
def test_one_mistake_is_one_finding_in_plain_words(line: str, finding: str) -> None:
    assert said_of(line) == [finding]


@pytest.mark.parametrize(
    ("tier", "finding"),
    [
        ("cost: -3", "cost: found -3, must be at least 0"),
        ("cost: many", 'cost: found the text "many", expected a whole number or a mapping (value, low, high)'),
        ("cost: true", "cost: found true, expected a whole number or a mapping (value, low, high)"),
        ("cost: [1]", "cost: found a list of 1, expected a whole number or a mapping (value, low, high)"),
        ("cost: {valu: 3}", 'cost: unknown key "valu", did you mean "value"? (known here: value, low, high)'),
        ("cost: {value: 1, low: 2}", "cost: low 2 is above the value 1"),
        ("reserve: -1", "reserve: found -1, must be at least 0"),
        ("reserve: many", 'reserve: found the text "many", expected a number'),
        ("reserve: {value: many}", 'reserve.value: found the text "many", expected a number'),
        ("reserve: {value: 1, nte: x}", 'reserve: unknown key "nte", did you mean "note"? (known here: value, note)'),
        ("work: [{min_percent: 101}]", "work[0].min_percent: found 101, must be at most 100"),
        ("work: [{}, {phase: produktion}]", 'work[1].phase: found "produktion", expected one of development, '
         'production; did you mean "production"?'),
        ("work: {min_percent: 1}", "work: found a mapping (min_percent), expected a list"),
        ("work: [3]", "work[0]: found 3, expected a mapping (min_percent, phase)"),
    ],
)  # fmt: skip
def test_unions_and_lists_give_one_finding_at_the_place(tier: str, finding: str) -> None:
    (only,) = said(f"title: T\npillars: {{air: {{tiers: {{core: {{stake: 1, {tier}}}}}}}}}")
    assert only.partition("error: pillars.air.tiers.core.")[2] == finding or only.endswith(f": {finding}")


@pytest.mark.parametrize(
    ("pillar", "finding"),
    [
        ("sharing: {rule: fixd}", 'pillars.air.sharing.rule: found "fixd", expected one of equal, fixed; did you mean "fixed"?'),
        ("sharing: {}", 'pillars.air.sharing: missing "rule" (one of equal, fixed)'),
        ("sharing: {rule: fixed, percent: {GBR: 1.5}}", "pillars.air.sharing.percent.GBR: found 1.5, expected a whole number"),
        ("sharing: {rule: equal, percent: {}}", 'pillars.air.sharing: unknown key "percent", remove it (known here: rule)'),
        ("record: unknwon", 'pillars.air.record: found "unknwon", expected unknown or a list; did you mean "unknown"?'),
        ("record: [1]", 'pillars.air.record[0]: found 1, expected a text: write it in quotes, "1"'),
        ("parts: [{tiers: {core: {stake: x}}}]", 'pillars.air.parts[0].tiers.core.stake: found the text "x", expected a whole number'),
    ],
)  # fmt: skip
def test_discriminated_unions_are_told_without_pydantics_labels(pillar: str, finding: str) -> None:
    (only,) = said(f"title: T\npillars: {{air: {{tiers: {{}}, {pillar}}}}}")
    assert only.partition("error: ")[2] == finding


def test_a_tag_that_is_also_a_key_does_not_confuse_the_path() -> None:
    class Fee(Stated):
        kind: Literal["fee"]
        fee: int
        due: int

    class Gift(Stated):
        kind: Literal["gift"]

    class Holder(Stated):
        item: Annotated[Fee | Gift, Field(discriminator="kind")]

    with pytest.raises(CaseError) as caught:
        validate(document("item: {kind: fee, fee: 3}"), Holder)
    assert str(caught.value) == 'toy.yaml:1:7: error: item: missing "due"'


def test_an_integral_decimal_is_a_whole_number() -> None:
    assert validate(document("title: T\nnations: {GBR: 1e3, ITA: 2.0}"), Toy).nations == {
        "GBR": 1000,
        "ITA": 2,
    }


def test_everything_is_said_at_once_in_the_order_of_the_file() -> None:
    lines = [line.split(": ")[0] for line in said("title: ' '\nsense: x\nnations: {A: 1, GBR: x}\nwat: 1")]
    assert lines == ["1:8", "2:8", "3:11", "3:22", "4:1"]


def test_a_thousand_findings_are_cut_to_a_hundred() -> None:
    findings = said("title: T\nnations:\n" + "".join(f"  A{n}: x\n" for n in range(1000)))
    assert len(findings) == 101
    assert findings[0].strip() == "error: more than 100 findings, the first 100 follow"


def test_remarks_find_their_place_or_the_nearest_above() -> None:
    doc = document("a:\n  b: [1, 2]\n")
    remarks = [
        Remark(("a", "b", 1), "error", "exact"),
        Remark(("a", "b", 7, "x"), "warning", "above"),
        Remark((), "error", "all"),
    ]
    assert [str(finding) for finding in findings_of(doc, remarks)] == [
        "toy.yaml:1:1: error: all",
        "toy.yaml:2:6: warning: a.b[7].x: above",
        "toy.yaml:2:10: error: a.b[1]: exact",
    ]


@pytest.mark.parametrize(
    ("word", "words", "near"),
    [
        ("wrok", ["work", "tiers"], "work"),
        ("WORK", ["work", "tiers"], "work"),
        ("gbr", ["GBR", "ITA"], "GBR"),
        ("xyz", ["work"], None),
        ("work", [], None),
        ("w" * 100_000, ["work"], None),
    ],
)
def test_closest(word: str, words: list[str], near: str | None) -> None:
    assert closest(word, words) == near


def test_the_order_of_the_words_does_not_change_what_is_closest() -> None:
    assert closest("cat", ["cart", "cast"]) == closest("cat", ["cast", "cart"])


# --- no mutation of a valid case makes it raise anything but CaseError -------------------------------

TOY_DATA: dict[str, Any] = {
    "title": "Toy",
    "as_of": "2026-05-31",
    "sense": "cone",
    "nations": {"GBR": 1, "ITA": 2},
    "pillars": {
        "fighter": {
            "tiers": {
                "core": {"stake": 60, "work": [{"min_percent": 10}], "cost": {"value": 0.5}, "reserve": 1}
            },
            "sharing": {"rule": "fixed", "percent": {"GBR": 40}},
            "record": ["GBR"],
            "parts": [{"tiers": {}}],
        }
    },
    "not": {"value": 3},
    "mixed": {"rule": "equal"},
}

_WORDS = st.sampled_from(
    ["value", "rule", "fixed", "equal", "GBR", "stake", "unknown", "", "Range", "int", "1", "\x7f"]
)
_LEAVES = (
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | _WORDS | st.floats() | st.text(max_size=5)
)
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=6,
)


def _paths(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(deeper for key, below in children for deeper in _paths(below, (*path, key)))]


def _replaced(data: Any, path: tuple[Any, ...], value: Any, new_key: str | None) -> Any:
    changed = copy.deepcopy(data)
    holder = changed
    for part in path[:-1]:
        holder = holder[part]
    if new_key is not None and isinstance(holder, dict):
        holder.pop(path[-1], None)
        holder[new_key] = value
    else:
        holder[path[-1]] = value
    return changed


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_a_changed_case_is_a_model_or_a_case_error_with_lines(data: st.DataObject) -> None:
    changed: Any = TOY_DATA
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(_paths(changed)[1:]))
        changed = _replaced(changed, path, data.draw(_VALUES), data.draw(st.none() | _WORDS))
    try:
        validate(parse_document(json.dumps(changed).encode(), "toy.json"), Toy)
    except CaseError as error:
        assert error.findings
        assert all(finding.line >= 1 and finding.message for finding in error.findings)
        places = [
            (finding.line, finding.column, finding.where, finding.message) for finding in error.findings
        ]
        assert len(places) == len(set(places))
