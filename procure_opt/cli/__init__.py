"""The command line: parse, call, print. One small module per verb; nothing heavy before it is needed."""

from __future__ import annotations

from procure_opt.cli.command import main

__all__ = ["main"]
