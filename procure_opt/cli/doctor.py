"""Verb doctor: versions, and a solver self-test on a problem of three lines with a known answer."""

from __future__ import annotations

import argparse
import platform
import sys
from importlib import metadata

from procure_opt.cli.screen import say

USAGE = ""
PACKAGES = ("procure-opt", "pulp", "highspy", "scipy", "numpy", "pydantic", "PyYAML")
OPTIONAL = {
    "ortools": "cpsat",
    "pandas": "frame",
    "openpyxl": "excel",
    "plotly": "plot",
    "distributed": "dask",
}
"""Package -> the extra of procure-opt that brings it."""
_KNOWN = (2.0, 3.0)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: the verb takes no arguments."""


def version(package: str = "procure-opt") -> str:
    """Return the version of an installed package."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def run(given: argparse.Namespace) -> int:
    """Print versions and what the self-test gave; exit 1 if the solver is not to be trusted."""
    lines = [f"python {platform.python_version()} on {platform.system()} {platform.machine()}"]
    lines += [f"{package} {version(package)}" for package in PACKAGES]
    lines += [f"{package} {version(package)} (extra {extra})" for package, extra in OPTIONAL.items()]
    answer = self_test()
    sound = answer == _KNOWN
    verdict = "as it must be" if sound else f"must be {_KNOWN}: do not trust results made here"
    say([*lines, f"solver self-test: {answer}, {verdict}"])
    return 0 if sound else 1


def self_test() -> tuple[float, ...] | str:
    """Solve: least x + 2y with x + y >= 5, x <= 2, 3y >= 8, whole; the answer is x = 2, y = 3."""
    try:
        from procure_opt.solving.engine import Limits, open_engine
        from procure_opt.solving.program import Program, Row

        inf = float("inf")
        rows = (Row((0, 1), (1.0, 1.0), 5.0, inf), Row((0,), (1.0,), -inf, 2.0), Row((1,), (3.0,), 8.0, inf))
        program = Program((0.0, 0.0), (9.0, 9.0), (True, True), rows)
        answer = open_engine("highs", program, Limits.within(30)).minimise({0: 1.0, 1: 2.0}, {}, gap=0.5)
        return "infeasible" if answer is None else tuple(float(round(value, 6)) for value in answer)
    except Exception as error:
        return f"failed: {type(error).__name__}: {error}"


def manifest_versions() -> dict[str, str]:
    """Return what a manifest says about the machine and the programs."""
    versions = {package: version(package) for package in PACKAGES}
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "bytes": sys.byteorder,
        **versions,
    }
