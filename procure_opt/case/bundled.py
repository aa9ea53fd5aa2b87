"""The cases that come with the package: ``cases/<name>/case.yaml``; the folder is the name."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_FOLDERS = (_PACKAGE / "cases", _PACKAGE.parent / "cases")
"""Inside an installed package; beside it in a checkout."""


def bundled_cases() -> tuple[str, ...]:
    """Return the names of the bundled cases, sorted.

    >>> "gcap" in bundled_cases()
    True
    """
    found = {path.parent.name for folder in _FOLDERS for path in folder.glob("*/case.yaml")}
    return tuple(sorted(found))


def bundled_path(name: str) -> Path:
    """Return the file of a bundled case; KeyError if there is none."""
    for folder in _FOLDERS:
        path = folder / name / "case.yaml"
        if path.is_file():
            return path
    raise KeyError(name)


def is_carried(path: Path) -> bool:
    """Does the file belong to an installed package, where nobody else should write?

    >>> is_carried(Path("mycase.yaml"))
    False
    """
    return path.resolve().is_relative_to(_FOLDERS[0])
