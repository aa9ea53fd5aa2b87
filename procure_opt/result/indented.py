"""JSON for people, line by line: what ``json.dumps(..., indent=1, sort_keys=True)`` writes, but faster.

The standard library makes indented JSON of single pieces, one step of a generator each; a front of thousands
of structures has millions of them.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring_ascii as quoted
from typing import Any


def indented(data: Any, line: str = "\n") -> str:
    r"""Return the data with sorted keys, one blank of indent and ASCII only; ``line`` begins each line.

    Raises :class:`ValueError` for what JSON has no number for.

    >>> indented({"b": [1, {}], "a": None})
    '{\n "a": null,\n "b": [\n  1,\n  {}\n ]\n}'
    """
    kind = type(data)
    if kind is str:
        return quoted(data)
    if kind is int:
        return str(data)
    inner = line + " "
    if isinstance(data, dict) and data:
        pairs = [f"{quoted(key)}: {indented(data[key], inner)}" for key in sorted(data)]
        return f"{{{inner}{f',{inner}'.join(pairs)}{line}}}"
    if isinstance(data, list | tuple) and data:
        return f"[{inner}{f',{inner}'.join([indented(each, inner) for each in data])}{line}]"
    return json.dumps(data, allow_nan=False)
