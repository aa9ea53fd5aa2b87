"""The page as a file: closed to the network, deaf to markup in names, whole or not there."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from claims import HOSTILE, hostile_claim
from tri1_claim import call, tri1_bytes, tri1_claim

from procure_opt import read_result
from procure_opt.errors import UsageError
from procure_opt.report import report_bytes, save_report
from procure_opt.report.page import SCRIPTS, in_script

PAGE = Path(__file__).parents[2] / "procure_opt" / "report"
VENDORED = {
    "d3.min.js": "912111098ea99503a6f4967361d2bbdc9dbf58cf9c678c8e27e5b02d1a07f0c1",
    "d3-sankey.min.js": "8286db5d6aa049cc6e8a546708943b79dfb4daaefb0ccf42af674ec0ee4c86be",
}


class Elements(HTMLParser):
    """Collects the elements of a page, and the text of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] in ("script", "style") and data.strip():
            self.inside.append((self.found[-1][0], data))


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_allows_our_scripts_and_style_and_nothing_else() -> None:
    page = Elements(report_bytes(tri1_claim()).decode())
    (policy,) = [a["content"] for tag, a in page.found if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None and policy.startswith("default-src 'none'; ") and "unsafe" not in policy
    named = set(re.findall(r"'(sha256-[^']+)'", policy))
    data, *run = [text for tag, text in page.inside if tag == "script"]
    assert data.startswith("{")
    assert named == {_digest(text) for text in run} | {_digest(t) for tag, t in page.inside if tag == "style"}


def test_nothing_is_requested_and_nothing_leads_away() -> None:
    page = Elements(report_bytes(tri1_claim()).decode())
    assert not [tag for tag, attributes in page.found if {"src", "href", "action"} & attributes.keys()]
    assert not [tag for tag, _ in page.found if tag in ("link", "img", "iframe", "object", "base", "form")]


def test_hostile_text_is_nowhere_markup() -> None:
    text = report_bytes(hostile_claim()).decode()
    assert HOSTILE not in text and "<img" not in text and "window.hurt=1</script" not in text
    assert Elements(text).found.count(("script", {})) == 2


@pytest.mark.parametrize("text", ["</script>", "<!--", "]]>", "\u2028\u2029", "&lt;", "\ud7ff\U0001f600"])
def test_no_text_ends_the_block_of_data(text: str) -> None:
    assert not set("<>&\u2028\u2029") & set(in_script({"a": text}))


def test_the_same_claim_gives_the_same_bytes() -> None:
    assert report_bytes(tri1_claim()) == report_bytes(tri1_claim())


def test_every_script_of_the_page_is_in_it() -> None:
    assert sorted(SCRIPTS) == sorted(path.name for path in (PAGE / "page").glob("*.js"))


@pytest.mark.parametrize("name", sorted(VENDORED))
def test_libraries_are_as_published_and_carry_their_licences(name: str) -> None:
    path = PAGE / "vendor" / name
    assert hashlib.sha256(path.read_bytes()).hexdigest() == VENDORED[name]
    assert "copyright" in (PAGE / "vendor" / name.replace(".min.js", ".LICENSE")).read_text().lower()


def test_another_file_is_not_replaced_an_older_page_is(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("<html>mine</html>")
    with pytest.raises(UsageError, match="procure_opt did not write it"):
        save_report(tri1_claim(), target)
    assert target.read_text() == "<html>mine</html>"
    target.unlink()
    for _ in range(2):
        save_report(tri1_claim(), target)
    assert list(tmp_path.iterdir()) == [target]


# -- the verb --------------------------------------------------------------------------------------------


def test_the_page_goes_beside_the_result(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes(tri1_bytes())
    code, out, err = call("report", str(tmp_path))
    assert (code, err) == (0, "") and "report.html" in out
    assert (tmp_path / "report.html").read_bytes() == report_bytes(tri1_claim())


def test_a_result_from_standard_input_says_where_its_page_goes(tmp_path: Path) -> None:
    code, _, err = call("report", "-", stdin=tri1_bytes())
    assert code == 2 and "needs --out FILE" in err
    target = tmp_path / "page.html"
    code, _, err = call("report", "-", "--out", str(target), stdin=tri1_bytes())
    assert (code, err) == (0, "") and target.is_file()


def test_a_damaged_result_leaves_no_page(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes(tri1_bytes()[:-40])
    code, _, err = call("report", str(tmp_path))
    assert code == 2 and "Traceback" not in err and not (tmp_path / "report.html").exists()


# -- from Python -----------------------------------------------------------------------------------------


def test_a_front_that_was_read_writes_the_same_page(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes(tri1_bytes())
    read_result(tmp_path).report(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_bytes() == report_bytes(tri1_claim())
