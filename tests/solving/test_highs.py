"""What is HiGHS's own; what every engine promises is tested in ``test_engines``."""

from __future__ import annotations

from math import inf

import pytest
from engines import opened, value
from programs import knapsack

from procure_opt.errors import EngineDoubt
from procure_opt.solving.highs import SETTINGS
from procure_opt.solving.program import Program, Row


def test_an_unbounded_program_is_a_doubt_not_an_answer() -> None:
    program = Program((0.0, 0.0), (inf, inf), (True, False), (Row((0, 1), (1.0, -1.0), 0.0, 0.0),))
    engine = opened("highs", program)
    with pytest.raises(EngineDoubt, match="Unbounded"):
        engine.minimise({0: -1.0}, {}, gap=0.5)
    assert value({0: 1.0}, engine.minimise({0: 1.0}, {}, gap=0.5)) == 0


def test_the_settings_are_read_back_from_the_solver() -> None:
    engine = opened("highs", knapsack([1], [1], 1)[0])
    settings = engine.read_settings()
    assert settings["mip_rel_gap"] == 0
    assert {name: settings[name] for name in SETTINGS} == SETTINGS
    assert str(settings["version"]).count(".") == 2
