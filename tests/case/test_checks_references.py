"""Every name that a case uses and does not state is told, with the name that was probably meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from broken_case import Edits, Row, assert_row, edited, findings_about, place, text_of

AIR = "pillars.aircraft"
RL = "red_lines.RL1.then"


def row(
    path: str, name: Any, words: str, *, marked: str | None = None, where: str | None = None, **more: Any
) -> Row:
    """Return the row of a wrong name: as a value, or as a key if the path ends with it."""
    return Row("check_names", {path: name, **more}, place(where or path), words, marked or str(name))


def key(path: str, name: str, value: Any, words: str, marked: str) -> Row:
    """Return the row of a wrong key; what is marked is its value."""
    return Row("check_names", {f"{path}.{name}": value}, f"{path}.{name}", words, marked)


ROWS = [
    # nations and other holders
    key("nations.ALP.task_weights", "operat", 0, '"operat" is not a task of this case', "0"),
    key(
        f"{AIR}.quantities",
        "ALQ",
        3,
        '"ALQ" is not a nation of this case (ALP, BET, GAM); did you mean "ALP"?',
        "3",
    ),
    row("red_lines.RL1.owner", "ALPP", '"ALPP" is not a nation or other holder of this case'),
    row("needs.combat_aircraft.outside.ALP.off_the_shelf.vendor", "vendor_y", 'did you mean "vendor_x"?'),
    row(f"{AIR}.release_caps.0.holder", "BETA", 'did you mean "BET"?'),
    row(f"{AIR}.release_caps.0.nation", "GAN", 'did you mean "GAM"?'),
    row(
        f"{AIR}.release_caps.0.function",
        "misson",
        "a function of this case (airframe, engine, mission); did you",
    ),
    key("needs.combat_aircraft.outside", "ZZZ", {}, '"ZZZ" is not a nation', "{}"),
    key("needs.combat_aircraft.required_from", "ALB", 2030, 'did you mean "ALP"?', "2030"),
    row(f"{AIR}.cost_sharing.development.residual", "core_equaly", 'did you mean "core_equally"?'),
    row(
        f"{AIR}.tiers.core.open_to",
        ["ALP", "GBR"],
        '"GBR" is not a nation',
        where=f"{AIR}.tiers.core.open_to[1]",
        marked="GBR",
    ),
    row(
        f"{AIR}.packages.engine.may_lead",
        ["ALQ"],
        "is not a nation",
        where=f"{AIR}.packages.engine.may_lead[0]",
        marked="ALQ",
    ),
    key(f"{AIR}.packages.engine.cost_index_percent", "GAN", 90, 'did you mean "GAM"?', "90"),
    key(f"{AIR}.packages.engine.owners", "ALP", "vendor_z", 'did you mean "vendor_x"?', "vendor_z"),
    row(
        f"{AIR}.packages.engine.controlled_content",
        [{"owner": "USA"}],
        '"USA" is not a nation or other',
        where=f"{AIR}.packages.engine.controlled_content[0].owner",
        marked="USA",
    ),
    row(
        "incompatible.X",
        {"nations": ["ALP", "QQQ"]},
        '"QQQ"',
        where="incompatible.X.nations[1]",
        marked="QQQ",
    ),
    # functions, packages, pillars
    key(
        "functions.engine.packages",
        "aircaft",
        "engine",
        '"aircaft" is not a pillar of this case (aircraft)',
        "engine",
    ),
    row(
        "functions.engine.packages.aircraft",
        "engin",
        "a package of aircraft (airframe, engine, mission); did you",
    ),
    key("tasks.operate.needs", "engines", 2, 'did you mean "engine"?', "2"),
    key("needs.combat_aircraft.pillars", "aircrafts", {}, 'did you mean "aircraft"?', "{}"),
    row(
        f"{AIR}.requires_any",
        ["cloud"],
        '"cloud" is not a pillar',
        where=f"{AIR}.requires_any[0]",
        marked="cloud",
    ),
    row(
        "links.L",
        {"pillar": "aircraft", "needs": "cloud"},
        '"cloud" is not a pillar',
        where="links.L.needs",
        marked="cloud",
    ),
    row(
        "nations.ALP.own_capability",
        {"radar": 2},
        '"radar" is not a function',
        where="nations.ALP.own_capability.radar",
        marked="2",
    ),
    row(
        "nations.ALP.absorptive_caps",
        {"radar": 2},
        '"radar"',
        where="nations.ALP.absorptive_caps.radar",
        marked="2",
    ),
    # tiers, regimes, variants, destinations
    key(
        f"{AIR}.rights.standard.levels",
        "buyer",
        {},
        '"buyer" is not a tier of aircraft (associate, core)',
        "{}",
    ),
    row(
        "red_lines.RL2.if.tier.tiers",
        ["cor"],
        'did you mean "core"?',
        where="red_lines.RL2.if.tier.tiers[0]",
        marked="cor",
    ),
    row(
        f"{RL}.rights",
        {"regimes": ["standrad"]},
        'did you mean "standard"?',
        where=f"{RL}.rights.regimes[0]",
        marked="standrad",
    ),
    row(
        f"{RL}.variant",
        {"variant": "carrier"},
        '"carrier" is not a variant of any pillar (none is stated)',
        where=f"{RL}.variant.variant",
        marked="carrier",
    ),
    row(
        f"{RL}.may_export",
        {"nation": "ALP", "destinations": ["OIL"]},
        "is not a destination of the export rule",
        where=f"{RL}.may_export.destinations[0]",
        marked="OIL",
    ),
    row(
        f"{AIR}.export",
        {"rule": "unanimous", "destinations": {"OIL": {}}, "consents": {"ALP": ["OYL"]}},
        'did you mean "OIL"?',
        where=f"{AIR}.export.consents.ALP[0]",
        marked="OYL",
    ),
    row(
        f"{AIR}.juste_retour",
        {"min_percent": 60, "tiers": ["cor"]},
        'did you mean "core"?',
        where=f"{AIR}.juste_retour.tiers[0]",
        marked="cor",
    ),
    # conditions
    row(f"{RL}.leads.nation", "ALQ", 'did you mean "ALP"?'),
    row(f"{RL}.leads.package", "misson", 'did you mean "mission"?'),
    row(f"{RL}.leads.pillar", "fighter", '"fighter" is not a pillar of this case (aircraft)'),
    row(
        f"{RL}.any_of",
        [{"exists": {"pillar": "fighter"}}],
        '"fighter"',
        where=f"{RL}.any_of[0].exists.pillar",
        marked="fighter",
    ),
    row(
        f"{RL}.not",
        {"exists": {"pillar": "fighter"}},
        '"fighter"',
        where=f"{RL}.not.exists.pillar",
        marked="fighter",
    ),
    row(
        "tasks.operate.requires",
        {"leads": {"package": "engin"}},
        'did you mean "engine"?',
        where="tasks.operate.requires.leads.package",
        marked="engin",
    ),
    row(
        f"{RL}.takes_outside",
        {"nation": "ALP", "need": "combat_aircraft", "option": "alone"},
        '"alone" is not an outside option there (off_the_shelf)',
        where=f"{RL}.takes_outside.option",
        marked="alone",
    ),
    row(
        f"{RL}.takes_outside",
        {"nation": "ALP", "need": "tank"},
        '"tank" is not a need',
        where=f"{RL}.takes_outside.need",
        marked="tank",
    ),
    # sources, history, games, switches
    row(
        "red_lines.RL1.source",
        "exampel/fact-3",
        '"exampel" is not a source of this case (example); did you mean',
    ),
    row(
        f"{AIR}.growth",
        {"value": 1, "source": "nowhere"},
        '"nowhere" is not a source',
        where=f"{AIR}.growth.source",
        marked="nowhere",
    ),
    row(
        "nations.ALP.task_grounds",
        {"operate": {"source": "gone"}},
        '"gone"',
        where="nations.ALP.task_grounds.operate.source",
        marked="gone",
    ),
    row(
        "on",
        ["RL9"],
        '"RL9" is not a red line of this case (RL1, RL2, RL3, RL4)',
        where="on[0]",
        marked="RL9",
    ),
    row(
        "historical.signed",
        {"date": "2024", "source": "example", "pillars": {"aircraft": {"tiers": {"ALP": "cor"}}}},
        'did you mean "core"?',
        where="historical.signed.pillars.aircraft.tiers.ALP",
        marked="cor",
    ),
    row(
        "historical.signed",
        {"date": "2024", "source": "example", "pillars": {"aircraft": {"packages": {"wing": {}}}}},
        '"wing" is not a package of aircraft',
        where="historical.signed.pillars.aircraft.packages.wing",
        marked="{}",
    ),
    row(
        "historical.signed",
        {"date": "2024", "source": "example", "outside": {"combat_aircraft": {"ALP": "alone"}}},
        '"alone" is not an outside option',
        where="historical.signed.outside.combat_aircraft.ALP",
        marked="alone",
    ),
    row(
        "seats.one",
        {"speaks_for": "ALP", "say_over": ["RL77"]},
        "is not a package, tier or red line",
        where="seats.one.say_over[0]",
        marked="RL77",
    ),
    row(
        "injects.one",
        {"kind": "withdrawal", "nation": "GAMM", "text": "x"},
        'did you mean "GAM"?',
        where="injects.one.nation",
        marked="GAMM",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.where)
def test_an_unknown_name_is_told(row: Row, tmp_path: Path) -> None:
    assert_row(row, tmp_path)


SILENT: list[Edits] = [
    {"red_lines.RL1.source": "example/fact-3"},
    {
        "historical.signed": {
            "date": "2024",
            "source": "example",
            "pillars": {"aircraft": {"regime": "unknown", "packages": "unknown"}},
        }
    },
    {
        "historical.signed": {
            "date": "2024",
            "source": "example",
            "pillars": {"aircraft": {"packages": {"engine": {"leads": "unknown"}}}},
        }
    },
    {f"{AIR}.cost_sharing.development.residual": "ALP"},
    {"seats.one": {"speaks_for": "ALP", "say_over": ["RL1", "engine", "core"]}},
    {"on": ["RL1"]},
    {"off": ["CAP"]},
]


@pytest.mark.parametrize("edits", SILENT, ids=str)
def test_a_known_name_is_not_told(edits: Edits, tmp_path: Path) -> None:
    assert findings_about(text_of(edited(edits)), tmp_path) == ()


def test_what_hangs_on_an_unknown_name_is_not_told_again(tmp_path: Path) -> None:
    broken = {"red_lines.RL1.then.leads": {"nation": "ALP", "pillar": "fighter", "package": "wing"}}
    assert [each.where for each in findings_about(text_of(edited(broken)), tmp_path)] == [
        "red_lines.RL1.then.leads.pillar"
    ]
