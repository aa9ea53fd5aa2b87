"""What a notebook shows: escaped, without anything that a viewer would strip, and told in words as well."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

from hostile_claim import hostile_claim
from tri1_claim import tri1_claim

from procure_opt.claim import Claim
from procure_opt.drawing.page import MOST_ROWS, page
from procure_opt.drawing.picture import svg
from procure_opt.words.opening import opening

KEPT = {"p", "b", "br", "img", "table", "caption", "thead", "tbody", "tr", "th", "td"}
"""Tags that the viewers of notebooks keep."""
SVG = "{http://www.w3.org/2000/svg}"


class Reader(HTMLParser):
    """Collects tags, attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def picture(claim: Claim) -> ElementTree.Element:
    data = re.search(r'src="data:image/svg\+xml;base64,([^"]*)"', page(claim))
    assert data
    return ElementTree.fromstring(base64.b64decode(data[1]))


def test_nothing_of_a_hostile_case_becomes_a_tag() -> None:
    read = Reader(page(hostile_claim()))
    assert set(read.tags) <= KEPT
    assert {name for name, _ in read.attributes} == {"src", "alt", "width", "height", "align", "nowrap"}
    assert "<script>alert(1)</script>" in read.text
    assert {each.tag.removeprefix(SVG) for each in picture(hostile_claim()).iter()} <= {
        *("svg", "title", "desc", "rect", "path", "circle", "text", "g")
    }


def test_the_opening_lines_stand_on_it() -> None:
    text = Reader(page(tri1_claim())).text
    for line in opening(tri1_claim()):
        assert line in text


def test_the_first_twenty_structures_are_shown_and_the_rest_is_counted() -> None:
    claim = tri1_claim()
    many = replace(claim, structures=claim.structures * 3)
    assert Reader(page(many)).tags.count("tr") == MOST_ROWS + 1
    assert "... and 7 more" in page(many)
    assert Reader(page(claim)).tags.count("tr") == 10


def test_the_picture_has_a_title_a_description_and_a_mark_per_structure() -> None:
    drawn = picture(tri1_claim())
    assert drawn.get("role") == "img"
    assert drawn.findtext(f"{SVG}title") == "Three nations and a combat aircraft (tri1)"
    assert "cost (million EUR, prices of 2024) from 6960 to 9940" in (drawn.findtext(f"{SVG}desc") or "")
    marks = [each.findtext(f"{SVG}title") for each in drawn.findall(f"{SVG}g")]
    assert marks == [each.id for each in tri1_claim().structures]
    shapes = {each[1].tag for each in drawn.findall(f"{SVG}g")}
    assert len(shapes) > 1, "not by colour alone: low and high spin-off differ in shape"


def test_the_marking_and_the_date_are_drawn_into_the_picture() -> None:
    words = " ".join(each.text or "" for each in picture(tri1_claim()).iter(f"{SVG}text"))
    assert "UNCLASSIFIED - SYNTHETIC EXAMPLE; as of 2026-11-01" in words


def test_a_front_of_one_structure_or_none_can_be_drawn() -> None:
    claim = tri1_claim()
    for several in (claim.structures[:1], ()):
        ElementTree.fromstring(svg(replace(claim, structures=several)))
        assert "<table>" in page(replace(claim, structures=several))
