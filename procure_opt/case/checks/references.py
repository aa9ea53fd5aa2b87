"""Every name that a case uses is a name that it states: one table says what each field refers to.

The table is complete: a test compares it with the format, so that a new field of names has to say here
what it names. Nested mappings have one kind per depth; the keys give the scope of what is below them
(in ``pillar -> package`` the package is one of that pillar).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping

from pydantic import BaseModel

from .. import conditions, history, model, nations, needs, packages, pillars, red_lines, tasks
from ..model import Case
from ..paths import Path
from ..validate import Remark
from .saying import unknown

Kinds = tuple[str, ...]
Scope = Mapping[str, str]

_NATION: Kinds = ("nation",)
_PARTY: Kinds = ("party",)
_PILLAR: Kinds = ("pillar",)
_TIER: Kinds = ("tier",)
_FUNCTION: Kinds = ("function",)
_TASK: Kinds = ("task",)
_LABEL: Kinds = ("label",)

REFERENCES: dict[type[BaseModel], dict[str, Kinds]] = {
    Case: {
        "id": _LABEL, "sources": ("source",), "nations": _NATION, "others": ("other",),
        "functions": _FUNCTION, "tasks": _TASK, "needs": ("need",), "pillars": _PILLAR,
        "red_lines": ("red_line",), "incompatible": _LABEL, "links": _LABEL, "historical": _LABEL,
        "seats": _LABEL, "injects": _LABEL, "off": _LABEL, "on": ("red_line",), "ideals": _NATION,
        "falsifiers": _LABEL,
    },
    model.Participation: {"id": _LABEL},
    nations.Nation: {
        "task_weights": _TASK, "task_grounds": _TASK, "absorptive_caps": _FUNCTION,
        "own_capability": _FUNCTION, "plans_against": _PARTY,
    },
    nations.TaskClasses: {"must": _TASK, "want": _TASK, "nice": _TASK},
    nations.Budget: {"id": _LABEL},
    tasks.Function: {"packages": ("pillar", "package")},
    tasks.Task: {"needs": _FUNCTION},
    needs.Need: {
        "nations": _NATION, "pillars": _PILLAR, "outside": ("nation", "option"), "required_from": _NATION,
        "gap_cost_per_year": _NATION, "stopgap_years": _NATION,
    },
    needs.OutsideOption: {
        "vendor": _PARTY, "levels": _FUNCTION, "revocable_by": _PARTY, "hosted_by": _PARTY, "keeps": _TASK,
    },
    pillars.Pillar: {
        "requires_any": _PILLAR, "tiers": _TIER, "rights": ("regime",), "quantities": _NATION,
        "variants": ("variant",), "packages": ("package",), "licences": _LABEL,
    },
    pillars.Tier: {"open_to": _NATION},
    pillars.TierWork: {"id": _LABEL},
    pillars.RightsRegime: {"levels": _TIER},
    pillars.TierFixed: {"residual": ("bearer",)},
    pillars.Fixed: {"percent": _NATION},
    pillars.Negotiated: {"tiers": _TIER},
    pillars.Exports: {"seller": _NATION, "destinations": ("destination",)},
    pillars.Variant: {"required_by": _NATION, "refused_by": _NATION},
    pillars.JusteRetour: {"id": _LABEL, "tiers": _TIER},
    pillars.ReleaseCap: {"id": _LABEL, "holder": _PARTY, "nation": _NATION, "function": _FUNCTION},
    pillars.Export: {
        "id": _LABEL, "destinations": ("destination",), "consents": ("party", "destination"),
        "vetoes": ("party", "destination"), "restrictive": _PARTY,
    },
    pillars.Lines: {"configurations": _LABEL, "tiers": _TIER},
    pillars.LineConfiguration: {
        "hosts": _NATION, "assembles_for": ("nation", "nation"), "premium_by_host": _NATION,
        "levels": _FUNCTION,
    },
    pillars.Licence: {"nation": _NATION, "function": _FUNCTION, "holder": _PARTY},
    packages.WorkPackage: {
        "cost_index_percent": _NATION, "may_lead": _NATION, "may_hold": _NATION,
        "owners": ("nation", "party"), "competence_percent": _NATION,
    },
    packages.ListedArrangement: {"leads": _NATION, "shares": _NATION, "owners": ("nation", "party")},
    packages.Content: {"owner": _PARTY, "if_held_by": _NATION},
    packages.EffectMode: {"by": _NATION},
    packages.CivilMode: {"supplier": ("other",)},
    conditions.AboutNation: {"nation": _NATION, "pillar": _PILLAR},
    conditions.AtTier: {"tiers": _TIER},
    conditions.Excludes: {"tiers": _TIER},
    conditions.Leads: {"package": ("package",)},
    conditions.Share: {"packages": ("package",)},
    conditions.CostAtMost: {"nation": _NATION},
    conditions.HasLevel: {"nation": _NATION, "function": _FUNCTION},
    conditions.VariantChosen: {"pillar": _PILLAR, "variant": ("variant",)},
    conditions.Regime: {"pillar": _PILLAR, "regimes": ("regime",)},
    conditions.InServiceBy: {"pillar": _PILLAR},
    conditions.Exists: {"pillar": _PILLAR},
    conditions.Members: {"pillar": _PILLAR, "tiers": _TIER},
    conditions.TakesOutside: {"nation": _NATION, "need": ("need",), "option": ("option",)},
    conditions.MayExport: {"destinations": ("destination",)},
    conditions.DoneAs: {"pillar": _PILLAR, "package": ("package",)},
    red_lines.RedLine: {"owner": _PARTY},
    red_lines.Incompatible: {"nations": _NATION, "pillar": _PILLAR},
    red_lines.Link: {"pillar": _PILLAR, "needs": _PILLAR},
    history.History: {"pillars": _PILLAR, "outside": ("need", "nation", "option")},
    history.HistoricalPillar: {
        "tiers": ("nation", "tier"), "regime": ("regime",), "variants": ("variant",),
        "packages": ("package",), "cost_percent": _NATION, "lines": ("line",), "quantities": _NATION,
    },
    history.HistoricalPackage: {"leads": _NATION, "shares": _NATION},
    history.Seat: {"speaks_for": _NATION, "say_over": ("say",)},
    history.Inject: {
        "nation": _NATION, "pillar": _PILLAR, "package": ("package",), "red_line": ("red_line",),
        "holder": _PARTY, "tier": _TIER, "task_weights": _TASK, "announces": ("red_line",),
        "withdraws": ("red_line",),
    },
}  # fmt: skip

_WORDS = {
    "party": "a nation or other holder of this case", "other": "one of the others of this case",
    "bearer": "core_equally or a nation of this case", "red_line": "a red line of this case",
    "option": "an outside option there", "destination": "a destination of the export rule",
    "line": "a line configuration there", "say": "a package, tier or red line of this case",
}  # fmt: skip
_IN_PILLAR = {"tier": "tiers", "regime": "rights", "variant": "variants", "package": "packages"}
_LINES = "line"
_GATHERED = frozenset({"say"})
"""Kinds whose names come from several places: with one of them missing the rest does not tell."""
_SCOPES = ("pillar", "need", "nation")
_SILENT = (history.HistoricalPillar, history.HistoricalPackage)


def check_names(case: Case) -> Iterator[Remark]:
    """Check that every name refers to something that the case states."""
    yield from _unknown_names(case, _Known(case).names)


def names_of_unfinished(case: Case) -> Iterator[Remark]:
    """Yield the unknown names of a case that has errors: where nothing of a kind is stated, any name will do.

    What is left of such a case is what somebody wrote; a part that is missing may be what is wrong with it.
    """
    known = _Known(case)
    yield from _unknown_names(
        case, lambda kind, scope: None if kind in _GATHERED else known.names(kind, scope) or None
    )


def _unknown_names(case: Case, known: Callable[[str, Scope], frozenset[str] | None]) -> Iterator[Remark]:
    for path, kind, name, scope in _uses_in(case, (), {}):
        names = known(kind, scope)
        bare = name.partition("/")[0] if kind == "source" else name
        if names is not None and bare not in names:
            yield unknown(path, bare, _words(kind, scope), names)


Use = tuple[Path, str, str, Scope]


def _uses_in(stated: BaseModel, at: Path, scope: Scope) -> Iterator[Use]:
    """Yield every name used in a part of the case: where, of which kind, the name, and its scope."""
    kinds, fields = kinds_of(type(stated)), type(stated).model_fields
    own = ((kind, getattr(stated, kind, None)) for kind in _SCOPES)
    inner = {**scope, **{kind: name for kind, name in own if isinstance(name, str)}}
    for field in sorted(stated.model_fields_set & fields.keys()):
        value = getattr(stated, field)
        if not (value == "unknown" and isinstance(stated, _SILENT)):
            yield from _uses(value, kinds.get(field, ()), (*at, fields[field].alias or field), inner)


def _uses(value: object, kinds: Kinds, at: Path, scope: Scope) -> Iterator[Use]:
    if isinstance(value, BaseModel):
        yield from _uses_in(value, at, scope)
    elif isinstance(value, str) and kinds:
        yield at, kinds[0], value, scope
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _uses(each, kinds, (*at, number), scope)
    elif isinstance(value, dict):
        for key, below in value.items():
            if kinds:
                yield (*at, key), kinds[0], key, scope
            inner = {**scope, kinds[0]: key} if kinds else scope
            yield from _uses(below, kinds[1:], (*at, key), inner)


@functools.cache
def kinds_of(stated: type[BaseModel]) -> dict[str, Kinds]:
    """Return field -> what it names; a field called ``source`` always names a source."""
    kinds: dict[str, Kinds] = {"source": ("source",)} if "source" in stated.model_fields else {}
    for ancestor in reversed(stated.__mro__):
        kinds |= REFERENCES.get(ancestor, {})
    return kinds


class _Known:
    """The names that the case states, by kind and scope."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._flat: dict[str, frozenset[str]] = {
            "nation": frozenset(case.nations), "other": frozenset(case.others),
            "pillar": frozenset(case.pillars),
            "party": frozenset(case.nations) | frozenset(case.others), "function": frozenset(case.functions),
            "task": frozenset(case.tasks), "need": frozenset(case.needs), "source": frozenset(case.sources),
            "red_line": frozenset(case.red_lines), "bearer": frozenset(case.nations) | {"core_equally"},
        }  # fmt: skip
        everywhere = self._in_pillars("tier", {}) | self._in_pillars("package", {})
        self._flat["say"] = everywhere | frozenset(case.red_lines)

    def names(self, kind: str, scope: Scope) -> frozenset[str] | None:
        """Return the names known of a kind; None if any name will do, or its scope is unknown itself."""
        if kind in self._flat:
            return self._flat[kind]
        if kind == "option":
            return self._options(scope)
        if kind in _IN_PILLAR or kind in ("destination", _LINES):
            unknown_scope = "pillar" in scope and scope["pillar"] not in self._case.pillars
            return None if unknown_scope else self._in_pillars(kind, scope)
        return None

    def _in_pillars(self, kind: str, scope: Scope) -> frozenset[str]:
        chosen = [self._case.pillars[scope["pillar"]]] if "pillar" in scope else self._case.pillars.values()
        if kind == "destination":
            return _joined(pillar.export.destinations for pillar in chosen if pillar.export is not None)
        if kind == _LINES:
            return _joined(pillar.lines.configurations for pillar in chosen if pillar.lines is not None)
        return _joined(getattr(pillar, _IN_PILLAR[kind]) for pillar in chosen)

    def _options(self, scope: Scope) -> frozenset[str] | None:
        if scope.get("need") not in self._case.needs:
            return None
        outside = self._case.needs[scope["need"]].outside
        return frozenset(outside.get(scope["nation"], {})) if "nation" in scope else _joined(outside.values())


def _joined(names: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(name for some in names for name in some)


def _words(kind: str, scope: Scope) -> str:
    if kind in _IN_PILLAR:
        return f"a {kind} of {scope['pillar']}" if "pillar" in scope else f"a {kind} of any pillar"
    return _WORDS.get(kind, f"a {kind} of this case")
