"""The page in a browser: every panel draws, everything selects together, nothing is asked of a network.

Needs Debian's chromium and chromium-driver, and the extra ``browser``; ``.ci/run`` installs both.
"""

from __future__ import annotations

import base64
import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from claims import front_so_far, hostile_claim
from tri1_claim import tri1_claim

from procure_opt.accounts.views import vector
from procure_opt.change import changed
from procure_opt.claim import Claim, Efficient
from procure_opt.report import save_report
from procure_opt.words.compare import compare

webdriver = pytest.importorskip("selenium.webdriver", reason="the extra browser is not installed")
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
PANELS = ("triangle", "tradeoff", "parallel", "words", "compare", "workshare", "dependence", "cards", "table")
Page = Callable[[Claim], Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, without a window.

    pip cannot install it: Debian's packages chromium and chromium-driver can. Where ``.ci/run`` finds them it
    lets nothing be left out.
    """
    if not (CHROMIUM and DRIVER):
        pytest.skip("needs the programs chromium and chromedriver, which are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for each in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1400,1000"):
        options.add_argument(each)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Page]:
    """Open the page of a claim; afterwards there must be no complaint and no request."""

    def opened(claim: Claim, address: str = "") -> Any:
        target = tmp_path / "report.html"
        if not target.exists():
            save_report(claim, target)
        browser.get("about:blank")
        browser.get(target.as_uri() + address)
        return browser

    yield opened
    assert browser.get_log("browser") == []
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0


def ask(page: Any, script: str) -> Any:
    return page.execute_script(f"return {script}")


def test_every_panel_draws_and_nothing_is_cut_off(page: Page) -> None:
    opened = page(tri1_claim())
    for panel in PANELS:
        assert ask(opened, f"document.querySelector('#{panel} .body').innerText.length") > 20, panel
    assert ask(opened, "document.querySelectorAll('#triangle path.point').length") == 9
    assert ask(opened, "document.querySelectorAll('#parallel path.line').length") == 9
    assert ask(opened, "document.documentElement.scrollWidth <= window.innerWidth")
    assert cut_labels(opened) == []


def cut_labels(page: Any) -> list[str]:
    """Return the labels of drawings that reach beyond their drawing."""
    found: list[str] = ask(
        page,
        """[...document.querySelectorAll('svg.drawing')].flatMap(svg => {
        const box = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('text')].filter(text => {
            const at = text.getBoundingClientRect();
            return at.width && (at.left < box.left - 1 || at.right > box.right + 1
                || at.top < box.top - 1 || at.bottom > box.bottom + 1);
        }).map(text => text.textContent);
    })""",
    )
    return found


def test_a_click_in_one_panel_selects_in_all(page: Page) -> None:
    opened = page(tri1_claim())
    point = "document.querySelectorAll('#tradeoff path.point')[4]"
    ask(opened, f"{point}.dispatchEvent(new MouseEvent('click', {{bubbles: true}}))")
    chosen = tri1_claim().structures[ask(opened, "P.state.selected")].id
    assert ask(opened, "document.querySelector('.said').textContent").startswith(chosen)
    assert ask(opened, "document.querySelector('pre.words').textContent").startswith(chosen)
    assert ask(opened, "document.querySelector('#table tr.selected td').textContent") == chosen
    assert ask(opened, "document.querySelectorAll('#triangle .selected, #parallel .selected').length") == 2
    time.sleep(0.4)
    assert chosen in ask(opened, "location.hash"), "the address follows a moment later"


def test_keys_go_through_the_structures_and_mark_one(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    opened = page(tri1_claim())
    body = opened.find_element("tag name", "body")
    before = ask(opened, "P.state.selected")
    body.send_keys("c", Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT)
    assert (ask(opened, "P.state.selected"), ask(opened, "P.state.compared")) == (before + 1, before)
    assert "decisions differ" in ask(opened, "document.querySelector('#compare').innerText")
    body.send_keys("x")
    assert (ask(opened, "P.state.selected"), ask(opened, "P.state.compared")) == (before, before + 1)


def test_what_is_compared_is_what_the_claim_says(page: Page) -> None:
    """From the first to the last structure of TRI-1: 83 autonomy points of a nation less, and so on."""
    opened = page(tri1_claim())
    ask(opened, "P.change({compared: 0, selected: 8})")
    first, last = tri1_claim().structures[0], tri1_claim().structures[8]
    rows = "[...document.querySelectorAll('#compare table:last-of-type tbody tr')].map(r => r.innerText)"
    for row, nation in zip(ask(opened, rows)[-3:], sorted(first.case.nations), strict=True):
        moved = last.nation(nation).spinoff - first.nation(nation).spinoff
        assert row.startswith(nation)
        assert ("=" in row) if moved == 0 else (str(abs(moved)) in row.replace(",", ""))


def test_limits_and_wishes_leave_what_meets_them(page: Page) -> None:
    claim = tri1_claim()
    opened = page(claim)
    ask(opened, "P.typed(P.axis('cost'), [6960, 9940], 1, '8900')")
    cheap = [each.id for each in claim.structures if each.values[2] <= 8900]
    shown = "[...document.querySelectorAll('#table tbody tr td:first-child')].map(cell => cell.textContent)"
    assert sorted(ask(opened, shown)) == sorted(cheap)
    nation = sorted(claim.case.nations)[0]
    ask(opened, f"P.change({{wishes: [['{nation}', 'joins', '']]}})")
    plans = {i: claim.find(i).structure.pillars.values() for i in cheap}
    joined = [i for i in cheap if any(nation in plan.tiers for plan in plans[i])]
    assert sorted(ask(opened, shown)) == sorted(joined) != sorted(cheap)
    assert ask(opened, "document.querySelectorAll('#triangle path.out').length") == 9 - len(joined)


def test_a_brush_sets_limits(page: Page) -> None:
    from selenium.webdriver import ActionChains

    opened = page(tri1_claim())
    overlay = opened.find_elements("css selector", "#parallel .brush .overlay")[2]
    opened.execute_script("arguments[0].scrollIntoView({block: 'center'})", overlay)
    ActionChains(opened).move_to_element(overlay).click_and_hold().move_by_offset(0, 60).release().perform()
    low, high = ask(opened, "P.state.limits.cost")
    assert 6960 <= low < high <= 9940 and 0 < sum(ask(opened, "P.left")) < 9


def test_a_mailed_address_opens_the_same_view_and_a_forged_one_does_no_harm(page: Page) -> None:
    claim = tri1_claim()
    opened = page(claim, f"#s={claim.structures[3].id}&c={claim.structures[1].id}&l=cost~7000~9000")
    assert ask(opened, "[P.state.selected, P.state.compared]") == [3, 1]
    assert ask(opened, "P.state.limits") == {"cost": [7000, 9000]}
    opened = page(claim, "#s=<img src=x>&c=S-&l=cost~a~b&l=__proto__~1~2&w=a~b~c&t=%3Cscript%3E")
    assert ask(opened, "[P.state.compared, P.state.limits, P.state.wishes]") == [None, {}, []]


def test_hostile_names_stay_text(page: Page) -> None:
    opened = page(hostile_claim())
    for details in opened.find_elements("tag name", "summary"):
        opened.execute_script("arguments[0].click()", details)
    ask(opened, "P.change({compared: 0, selected: 3, wishes: []})")
    assert ask(opened, "window.hurt === undefined && !document.querySelector('img, body script[src]')")
    assert "<img src=x" in ask(opened, "document.body.innerText")


def test_the_table_for_spreadsheets_neutralises_formulas_and_keeps_numbers(page: Page) -> None:
    opened = page(tri1_claim())
    cells = ["=1+1", "+1", "-1", "@a", "\tb", "plain", 'a "b", c', -5, 2.5]
    told = ask(opened, f"{json.dumps(cells)}.map(P.csvCell)")
    assert told == ["'=1+1", "'+1", "'-1", "'@a", "'\tb", "plain", '"a ""b"", c"', "-5", "2.5"]
    assert ask(opened, "P.csvCell('a; =1+1')") == '"a;\' =1+1"', "where a semicolon begins a cell"
    text = ask(opened, "P.csv(P.data.structures)")
    rows = text.split("\r\n")
    assert (
        len([row for row in rows if row.startswith("S-")]) == 9
        and rows[0] == f"\ufeff{tri1_claim().case.marking}"
    )


def test_it_prints_as_a_brief_of_two_pages(page: Page) -> None:
    opened = page(tri1_claim())
    printed = opened.execute_cdp_cmd("Page.printToPDF", {"printBackground": True, "preferCSSPageSize": True})
    content = base64.b64decode(printed["data"])
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") == 2


def test_dark_and_light(page: Page) -> None:
    opened = page(tri1_claim())
    ground = "getComputedStyle(document.body).backgroundColor"
    before = ask(opened, ground)
    ask(opened, "P.turnTheme()")
    assert ask(opened, ground) != before


@pytest.mark.parametrize("source", ["a400m", "eurofighter", "f35", "fcas", "gcap", "nh90"])
def test_bundled_cases_draw(page: Page, source: str) -> None:
    """Fronts so far, of structures drawn at random: the page says that they are incomplete."""
    opened = page(front_so_far(source))
    count = ask(opened, "P.data.structures.length")
    assert count > 1 and ask(opened, "document.querySelectorAll('#triangle path.point').length") == count
    assert "incomplete" in ask(opened, "document.querySelector('header').innerText")
    ask(opened, "P.step(1)")
    assert cut_labels(opened) == []


def test_without_a_structure_there_is_a_head_and_no_error(page: Page) -> None:
    claim = tri1_claim()
    opened = page(Claim(claim.case, (), claim.evidence))
    assert "There is no structure to show" in ask(opened, "document.body.innerText")


# -- what a planner and an attacker found ----------------------------------------------------------------


def test_the_keyboard_stays_where_it_was(page: Page) -> None:
    """A list of wishes was built anew at every choice, and the focus fell to the page."""
    from selenium.webdriver.common.keys import Keys

    opened = page(tri1_claim())
    verb = opened.find_elements("css selector", "#table .wishes select")[1]
    verb.send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert verb.get_attribute("value") == "leads"
    assert ask(opened, "document.activeElement.getAttribute('aria-label')") == "does"
    head = opened.find_elements("css selector", "#table th button")[3]
    head.send_keys(Keys.ENTER)
    assert ask(opened, "document.activeElement.textContent").startswith("cost")


def test_the_skip_link_moves_and_forgets_nothing(page: Page) -> None:
    opened = page(tri1_claim())
    ask(opened, "P.change({limits: {cost: [7000, 9000]}, compared: 1, selected: 3})")
    ask(opened, "document.querySelector('.skip').click()")
    assert ask(opened, "document.activeElement.id") == "table-title"
    assert ask(opened, "[P.state.selected, P.state.compared, P.state.limits.cost]") == [3, 1, [7000, 9000]]


def test_arrows_follow_the_order_of_the_table(page: Page) -> None:
    opened = page(tri1_claim())
    ask(opened, "document.querySelectorAll('#table th button')[3].click()")
    cheapest = min(range(9), key=lambda place: tri1_claim().structures[place].values[2])
    ask(opened, f"P.select({cheapest})")
    ask(opened, "P.step(1)")
    second = sorted(each.values[2] for each in tri1_claim().structures)[1]
    assert tri1_claim().structures[ask(opened, "P.state.selected")].values[2] == second


def test_addresses_of_every_kind_are_read_as_data(page: Page) -> None:
    claim = tri1_claim()
    opened = page(claim, "#s=&l=cost~Infinity~-Infinity&l=cost~1e999~2&w=ALP~toString~&w=ALP~constructor~")
    assert ask(opened, "[P.state.limits, P.state.wishes]") == [{}, []]
    opened = page(claim, "#l=cost~9000~7000&" + "&".join(["w=ALP~joins~"] * 300))
    assert ask(opened, "[P.state.limits.cost, P.state.wishes.length]") == [[7000, 9000], 1]


def test_payments_in_the_flows_are_those_of_the_table(page: Page) -> None:
    """Levies that a nation receives were drawn as if it paid them."""
    opened = page(front_so_far("f35"))
    ask(opened, "document.querySelector('#workshare button').click()")
    flows = """P.data.nations.map((nation, place) => {
        const gets = P.gets(P.selected(), place);
        return [d3.sum(gets.items, item => item[1]), gets.pays];
    })"""
    for summed, pays in ask(opened, flows):
        assert summed == pytest.approx(pays)
    drawn = "[...document.querySelectorAll('#workshare svg text')].map(text => text.textContent)"
    assert not any(text.startswith("levies") for text in ask(opened, drawn))


def test_as_one_nation_sees_it_money_has_the_unit_of_its_numbers(page: Page) -> None:
    """Cost was shown in million and labelled as sixths of a million."""
    claim = tri1_claim()
    seen = changed(claim.case, view="nation:ALP")
    points = tuple(Efficient(seen, vector(seen, each.structure), each.structure) for each in claim.structures)
    opened = page(Claim(seen, points, claim.evidence))
    assert ask(opened, "P.data.goals[2].unit") == "million EUR"
    pays = [float(each.nation("ALP").cost) for each in points]
    assert ask(opened, "P.data.structures.map(each => each.values[2])") == pytest.approx(pays)


@pytest.mark.parametrize("source", ["tri1", "nation", "egalitarian", "f35", "fcas"])
def test_a_comparison_reads_as_compare_says_it(page: Page, source: str) -> None:
    """Word for word, for all pairs of TRI-1 in three views and for some of bundled cases."""
    claim = tri1_claim() if source == "tri1" else front_so_far(source) if len(source) < 5 else _seen(source)
    opened = page(claim)
    count = len(claim.structures)
    pairs = [(a, b) for a in range(count) for b in range(count) if a != b][:: max(1, count * count // 90)]
    for first, second in pairs:
        script = f"P.sentences(P.data.structures[{first}], P.data.structures[{second}])"
        assert ask(opened, script) == compare(claim.structures[first], claim.structures[second])


def _seen(view: str) -> Claim:
    """Return the structures of TRI-1 as one nation or the least served sees them."""
    claim = tri1_claim()
    seen = changed(claim.case, view="nation:ALP" if view == "nation" else view)
    if view == "egalitarian":
        ideal = {"autonomy": 400, "spinoff": 900, "cost_parts": 0}
        seen = changed(seen, ideals=dict.fromkeys(seen.nations, ideal))
    points = tuple(Efficient(seen, vector(seen, each.structure), each.structure) for each in claim.structures)
    return Claim(seen, points, claim.evidence)


def test_of_a_long_front_the_first_structures_are_listed_until_all_are_asked_for(page: Page) -> None:
    claim = tri1_claim()
    long = tuple(
        replace(each, values=(each.values[0], each.values[1], each.values[2] + more))
        for more in range(60)
        for each in claim.structures
    )
    opened = page(replace(claim, structures=long))
    listed = "document.querySelectorAll('#table tbody tr[data-place]').length"
    told = "document.querySelector('#table').innerText"
    assert ask(opened, listed) == 500 and "540 of 540 structures; the first 500 of them are listed" in ask(
        opened, told
    )
    assert ask(opened, "document.querySelectorAll('#triangle path.point').length") == 540
    opened.execute_script(
        "[...document.querySelectorAll('#table button')].find(b => b.innerText === 'list all').click()"
    )
    assert ask(opened, listed) == 540 and "are listed" not in ask(opened, told)
