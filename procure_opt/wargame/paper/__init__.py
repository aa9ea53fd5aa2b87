"""Paper for a game: one sheet for each seat, one for the facilitator; pages that print, without scripts."""

from .facilitator import facilitator_sheet
from .seat import seat_sheet

__all__ = ["facilitator_sheet", "seat_sheet"]
