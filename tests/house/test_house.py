"""The habits of the house that no tool knows: names, sizes, first lines, twins, the face, the wheel."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

import procure_opt
from procure_opt import rules

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "procure_opt"
MODULES = sorted(PACKAGE.rglob("*.py"))
SOURCES = sorted([*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "examples").rglob("*.py")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

MOST_LINES = 400
VAGUE = {"utils", "util", "helpers", "helper", "manager", "base", "core", "common", "misc", "tools", "lib"}
FACE = [
    "Case",
    "CaseError",
    "EngineDoubt",
    "Front",
    "LimitReached",
    "NoStructure",
    "NotBuiltYet",
    "ProcureError",
    "ResultError",
    "StatedFront",
    "Structure",
    "UsageError",
    "VerificationFailed",
    "load_case",
    "read_result",
    "solve",
]
"""The public face. A name that leaves it is a breach of faith; one that joins it is a promise."""
TEXTS = (".py", ".md", ".yaml", ".json", ".toml", ".txt")
PATHS_OF_A_MACHINE = re.compile(r"(?<![\w.}])/(?:home|root|Users|work|tmp)/\w")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_a_file_begins_by_saying_what_it_is_about(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said, "no docstring"
    assert said[0].isupper() or said.startswith("``"), said.splitlines()[0]


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_fits_the_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_no_module_has_a_vague_name() -> None:
    named = {
        part.removesuffix(".py").strip("_") for path in MODULES for part in path.relative_to(PACKAGE).parts
    }
    assert not named & VAGUE


@pytest.mark.parametrize("family", rules.families(), ids=lambda family: family.__name__.rpartition(".")[2])
def test_a_rule_has_both_twins(family: ModuleType) -> None:
    assert callable(family.violations)
    assert callable(family.rows)
    assert family.violations.__doc__
    assert family.rows.__doc__


def test_the_public_face() -> None:
    assert procure_opt.__all__ == FACE == sorted(FACE)
    assert dir(procure_opt) == FACE
    for name in FACE:
        assert getattr(procure_opt, name).__doc__


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'best'"):
        procure_opt.best  # noqa: B018


def test_importing_the_face_loads_nothing_heavy() -> None:
    heavy = "{'pydantic', 'yaml', 'pulp', 'highspy', 'numpy'}"
    script = f"import procure_opt, sys; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout == "[]\n"


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    folders = [PACKAGE, ROOT / "tests", ROOT / "cases", ROOT / "examples", ROOT / ".ci"]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    files += [path for path in ROOT.iterdir() if path.suffix in TEXTS]
    for path in files:
        if path.suffix in TEXTS or path.name == "run":
            hit = PATHS_OF_A_MACHINE.search(path.read_text(encoding="utf-8", errors="replace"))
            assert hit is None, f"{relative(path)}: {hit[0]}"


# -- the wheel -------------------------------------------------------------------------------------------


def test_every_room_is_in_the_wheel() -> None:
    rooms = {".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("__init__.py")}
    assert sorted(PROJECT["tool"]["setuptools"]["packages"]) == sorted({*rooms, "procure_opt.cases"})


def test_every_file_that_is_no_module_is_in_the_wheel() -> None:
    stated = PROJECT["tool"]["setuptools"]["package-data"]
    folders = {name: ROOT.joinpath(*name.split(".")) for name in stated} | {
        "procure_opt.cases": ROOT / "cases"
    }
    carried = {path for name, globs in stated.items() for each in globs for path in folders[name].glob(each)}
    there = {
        path
        for folder in (PACKAGE, ROOT / "cases")
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".py" and "__pycache__" not in path.parts
    }
    assert there == carried


@pytest.mark.parametrize("folder", sorted((ROOT / "cases").iterdir()), ids=lambda folder: folder.name)
def test_a_bundled_case_has_its_sources(folder: Path) -> None:
    """Beside them: what was said, in which words it could be coded, two blind codings, and the ranking."""
    found = {path.name for path in folder.iterdir()}
    coded = {"statements.yaml", "vocabulary.md", "codings"}
    assert found - {"influence.json", "sensitivity.md"} == {"case.yaml", "sources.md", *coded}
    assert {path.name for path in (folder / "codings").iterdir()} == {"a.yaml", "b.yaml"}


# -- the papers ------------------------------------------------------------------------------------------


def test_the_readme_has_one_command_for_each_of_the_two_things() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line.startswith("python3 -m venv")]
    assert [("run gcap --out" in line, "-m pytest" in line) for line in commands] == [
        (True, False),
        (False, True),
    ]
    assert sum("-m pytest" in line for line in lines) == 1, ".ci/run takes the first line with it"


def test_no_two_test_files_share_a_name() -> None:
    """Folders of tests are no packages, so that two modules of one name cannot be collected together."""
    modules = [path for path in (ROOT / "tests").rglob("*.py") if not (path.parent / "__init__.py").exists()]
    names = Counter(path.name for path in modules)
    assert [name for name, count in names.items() if count > 1] == []


def test_links_between_the_papers_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *PACKAGE.glob("handbook/**/*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{relative(page)}: {target}"


def test_nothing_is_sold() -> None:
    for page in [ROOT / "README.md", *PACKAGE.glob("handbook/**/*.md")]:
        assert "best structure" not in page.read_text(encoding="utf-8"), page
