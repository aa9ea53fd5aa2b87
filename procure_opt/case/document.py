"""A case file as plain data with the place of every value: YAML 1.2 or JSON, one mapping, no tricks.

The file is not trusted: no tags, anchors, aliases or merge keys, no second document, bounds on size,
depth and the number of values. Everything that is wrong is said at once, with line and column.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from procure_opt.errors import CaseError

from .json_events import json_events, looks_like_json
from .paths import Path, Place
from .source import STANDARD_INPUT, read_bytes
from .text import decoded
from .tree import Tree
from .yaml_events import yaml_events


@dataclass(frozen=True, slots=True)
class Document:
    """What a case file says, before anybody asks what it means.

    ``data`` consists of dict, list, str, int, ``Decimal``, bool and None. ``positions`` gives the
    (line, column), from 1, of the value at a path; ``key_positions`` of the key that leads to it.
    """

    name: str
    data: object
    positions: Mapping[Path, Place]
    key_positions: Mapping[Path, Place]


def read_document(source: str | os.PathLike[str], *, name: str | None = None) -> Document:
    """Read the case file ``source``: a path, or ``-`` for standard input.

    ``name`` is what messages call the file; None means its path as given, or ``<stdin>``.

    Raises
    ------
    CaseError
        If there is no such regular file, or anything :func:`parse_document` refuses. Its findings are
        all that could be found; those about the file as a whole have line 0.

    >>> read_document("no/such/case.yaml")
    Traceback (most recent call last):
        ...
    procure_opt.errors.CaseError: no/such/case.yaml: error: no such file, and no directory no/such
    """
    path = os.fspath(source)
    if name is None:
        name = "<stdin>" if path == STANDARD_INPUT else path
    return parse_document(read_bytes(path, name), name)


def parse_document(raw: bytes, name: str) -> Document:
    """Read a case from the bytes ``raw``; ``name`` is what messages call them.

    A name that ends in ``.json`` makes it JSON; otherwise it is YAML 1.2, of which JSON is a part.

    Raises
    ------
    CaseError
        If the bytes are not UTF-8 or not such a document; for a key that is there twice or is not
        text, a number that is not finite or absurdly long, a tag, anchor, alias or merge key; beyond
        4 MB, 200 000 values or 40 levels.

    >>> document = parse_document(b"NO: {share: 0.1}", "toy.yaml")
    >>> document.data, document.positions["NO", "share"]
    ({'NO': {'share': Decimal('0.1')}}, (1, 13))
    """
    tree = _tree(decoded(raw, name), name)
    if tree.findings:
        raise CaseError(tree.findings)
    return Document(name, tree.data, tree.positions, tree.key_positions)


def _tree(text: str, name: str) -> Tree:
    """Read as JSON what is JSON, the rest as YAML; of two failures tell the one that got further."""
    if name.lower().endswith(".json"):
        return Tree(name).grow(json_events(text))
    if not looks_like_json(text):
        return Tree(name).grow(yaml_events(text))
    as_json = Tree(name).grow(json_events(text))
    if as_json.broken is None:
        return as_json
    as_yaml = Tree(name).grow(yaml_events(text))
    if as_yaml.broken is None:
        return as_yaml
    return max(as_json, as_yaml, key=lambda tree: tree.broken or (0, 0))
