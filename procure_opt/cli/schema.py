"""Verb schema: the JSON Schema (draft 7) of case files, of result files, or of what serve speaks."""

from __future__ import annotations

import argparse

from procure_opt.cli.screen import say_bytes

USAGE = "[case|result|serve]"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    parser.add_argument(
        "kind", nargs="?", choices=("case", "result", "serve"), default="case", help="left out: case"
    )


def run(given: argparse.Namespace) -> int:
    """Print the schema."""
    if given.kind == "result":
        from procure_opt.result.schema import result_schema
        from procure_opt.result.write import to_bytes

        say_bytes(to_bytes(result_schema()))
    elif given.kind == "serve":
        from procure_opt.result.write import to_bytes
        from procure_opt.wargame.sessions.protocol import protocol_schema

        say_bytes(to_bytes(protocol_schema()))
    else:
        from procure_opt.case.schema import schema_text

        say_bytes(schema_text().encode("utf-8"))
    return 0
