"""What is installed only on request: a library that one output needs, found when it is needed.

So the program itself stays small, imports quickly, and runs where nothing can be added.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from procure_opt.errors import UsageError


def needed(module: str, extra: str, what: str) -> ModuleType:
    """Return a library that the extra brings; ``what`` is what it is needed for.

    Raises :class:`UsageError` with the command that installs it.

    >>> needed("json", "frame", "to_frame").__name__
    'json'
    >>> needed("no_such_library", "frame", "to_frame")
    Traceback (most recent call last):
        ...
    procure_opt.errors.UsageError: to_frame needs no_such_library, which is not installed; install it with:
    pip install 'procure-opt[frame]'
    """
    try:
        return import_module(module)
    except ImportError as error:
        missing = (error.name or module).partition(".")[0]
        how = f"install it with:\npip install 'procure-opt[{extra}]'"
        raise UsageError(f"{what} needs {missing}, which is not installed; {how}") from None
