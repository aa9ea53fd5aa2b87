"""The front as a static picture (SVG): cost to the right, autonomy upwards, spin-off by shape and shade.

It needs no library, no script and no style sheet, so it survives viewers that strip them, and it prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from procure_opt.claim import Claim

from .axes import Axis, autonomy_axis, cost_axis, spinoff_axis
from .caption import caption, title
from .palette import FAINT, INK, PAPER, SHADES
from .scales import LEVELS, level, scores, ticks

WIDTH, HEIGHT = 640, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 620, 70, 330
_MARGIN = 0.06
_RADIUS = 6


def svg(claim: Claim) -> str:
    """Return the picture as a text; it carries a title and a description."""
    across, upwards = cost_axis(claim), autonomy_axis(claim)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img" aria-labelledby="title desc" font-family="sans-serif">',
        f'<title id="title">{escape(title(claim.case))}</title>',
        f'<desc id="desc">{escape(description(claim))}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
        _text(_LEFT, 20, title(claim.case), size=14, bold=True),
        *_legend(claim),
        *_frame(across, upwards),
        *_points(claim, across, upwards),
        *(_text(10, HEIGHT - 24 + 15 * n, line, size=10) for n, line in enumerate(caption(claim))),
        "</svg>",
    ]
    return "\n".join(parts)


def description(claim: Claim) -> str:
    """Return the picture in words, for those who do not see it."""
    if not claim.structures:
        return "No structure was found; the picture is empty."
    ends = [f"{axis.title} from {min(axis.values):g} to {max(axis.values):g}"
            for axis in (autonomy_axis(claim), spinoff_axis(claim), cost_axis(claim))]  # fmt: skip
    many = f"{len(claim.structures)} efficient structures" if len(claim.structures) > 1 else "One structure"
    return f"{many} as points, cost to the right and autonomy upwards: {'; '.join(ends)}."


def _text(x: float, y: float, text: str, *, size: int = 11, bold: bool = False, anchor: str = "start") -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}"{weight} text-anchor="{anchor}" '
        f'fill="{INK}">{escape(text)}</text>'
    )


def _legend(claim: Claim) -> Iterator[str]:
    """Say what shapes and shades mean."""
    yield _text(_LEFT, 46, f"{spinoff_axis(claim).title}, thirds of its range:")
    for place, name in enumerate(LEVELS):
        x = 400 + 75 * place
        yield _mark(x, 42, place)
        yield _text(x + 12, 46, name)


def _frame(across: Axis, upwards: Axis) -> Iterator[str]:
    """Draw the axes with their titles and round numbers."""
    yield (f'<path d="M{_LEFT} {_TOP}V{_BOTTOM}H{_RIGHT}" fill="none" stroke="{INK}" stroke-width="1"/>')
    for value in ticks(*_ends(across)):
        x = _across(value, across)
        yield f'<path d="M{x:.1f} {_BOTTOM}v5" stroke="{INK}"/>'
        yield _text(x, _BOTTOM + 18, f"{value:,.6g}", anchor="middle")
    for value in ticks(*_ends(upwards)):
        y = _upwards(value, upwards)
        yield f'<path d="M{_LEFT - 5} {y:.1f}H{_RIGHT}" stroke="{FAINT}" stroke-opacity="0.3"/>'
        yield _text(_LEFT - 9, y + 4, f"{value:,.6g}", anchor="end")
    yield _text((_LEFT + _RIGHT) / 2, _BOTTOM + 38, across.title, anchor="middle")
    yield _text(10, _TOP - 8, upwards.title)


def _points(claim: Claim, across: Axis, upwards: Axis) -> Iterator[str]:
    """Draw every structure; pointing at it tells its id where the viewer can do that."""
    found = scores([each.values for each in claim.structures]) if claim.structures else []
    for number, each in enumerate(claim.structures):
        x, y = _across(across.values[number], across), _upwards(upwards.values[number], upwards)
        yield f"<g><title>{escape(each.id)}</title>{_mark(x, y, level(found[number][1]))}</g>"


def _mark(x: float, y: float, place: int) -> str:
    shade, shape = SHADES[place]
    drawn = f'fill="{shade}" stroke="{INK}" stroke-width="1"'
    r = _RADIUS
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" {drawn}/>'
    if shape == "square":
        return f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r}" height="{2 * r}" {drawn}/>'
    return f'<path d="M{x:.1f} {y - r - 2:.1f}l{r + 2} {r + 2}l-{r + 2} {r + 2}l-{r + 2} -{r + 2}z" {drawn}/>'


def _ends(axis: Axis) -> tuple[float, float]:
    """Return the ends of an axis, with some room at both."""
    low, high = min(axis.values, default=0.0), max(axis.values, default=1.0)
    room = (high - low) * _MARGIN or abs(high) * _MARGIN or 1.0
    return low - room, high + room


def _across(value: float, axis: Axis) -> float:
    low, high = _ends(axis)
    return _LEFT + (value - low) / (high - low) * (_RIGHT - _LEFT)


def _upwards(value: float, axis: Axis) -> float:
    low, high = _ends(axis)
    return _BOTTOM - (value - low) / (high - low) * (_BOTTOM - _TOP)
