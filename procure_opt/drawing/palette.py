"""Colours that people with any colour vision tell apart, each with a shape: colour alone is not enough.

Source of the colours: Okabe and Ito, Color Universal Design (2008).
"""

from __future__ import annotations

INK, FAINT, PAPER = "#000000", "#595959", "#FFFFFF"
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon")
SHADES = (("#CFE3F1", "circle"), ("#56A0D3", "square"), ("#00406B", "diamond"))
"""Low, middle, high: light to dark, and a shape each."""
LINES = ((0.0, "#9DC3DF"), (1.0, "#00406B"))
"""From few to many, all dark enough for a thin line."""
SCALE = ((0.0, "#F4F8FB"), (0.5, "#7FB2D6"), (1.0, "#00406B"))
"""From nothing to all, in one hue: it stays a scale in print without colour."""


def colour(place: int) -> str:
    """Return the colour of the nth of several things.

    >>> colour(0), colour(8)
    ('#0072B2', '#0072B2')
    """
    return COLOURS[place % len(COLOURS)]


def shape(place: int) -> str:
    """Return the shape of the nth of several things; with more than eight, shape and colour pair anew.

    >>> shape(0), shape(8)
    ('circle', 'square')
    """
    return SHAPES[(place + place // len(COLOURS)) % len(SHAPES)]
