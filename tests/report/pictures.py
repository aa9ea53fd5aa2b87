"""The pictures of the README: the top of a report as a browser shows it.

From the checkout, with Debian's chromium and chromium-driver and the extra ``browser``:
``python tests/report/pictures.py RESULT PICTURE.png``
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from procure_opt.report import save_report
from procure_opt.result.read import read_claim

WIDTH, HEIGHT = 1400, 1240
PAINTED = "const done = arguments[0]; requestAnimationFrame(() => setTimeout(done, 300));"
"""Come back when the page has been drawn: a picture taken earlier is white."""


def picture(result: Path, target: Path) -> None:
    """Write what a window of 1 400 by 1 240 shows of the report of a result."""
    from selenium import webdriver  # here, so that looking for doctests needs no extra

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for each in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(each)
    with TemporaryDirectory() as folder:
        page = Path(folder, "report.html")
        save_report(read_claim(str(result)), page)
        service = webdriver.ChromeService(shutil.which("chromedriver"))
        driver = webdriver.Chrome(options=options, service=service)
        driver.set_window_size(WIDTH, HEIGHT + 140)
        driver.get(page.as_uri())
        driver.execute_async_script(PAINTED)
        driver.save_screenshot(str(target))
        driver.quit()


if __name__ == "__main__":
    picture(Path(sys.argv[1]), Path(sys.argv[2]))
