"""Indented JSON: byte for byte what the standard library writes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure_opt.result.indented import indented

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
DATA = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(DATA)
def test_the_same_bytes_as_the_standard_library(data: Any) -> None:
    assert indented(data) == json.dumps(data, sort_keys=True, indent=1, allow_nan=False)


def test_tuples_are_lists_and_what_is_true_is_no_number() -> None:
    assert indented(((), (1, True), {})) == json.dumps([[], [1, True], {}], indent=1)


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        indented({"share": float("nan")})
    with pytest.raises(TypeError):
        indented([{1, 2}])
