"""What a first search transfers in a real browser that has nothing in its cache."""

import subprocess
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from papershelf.serve import serving

CHROMIUM = Path(__file__).parent.parent / "scripts/chromium"
WAIT = 60_000


def first_search(site: Path, words: str) -> int:
    """Bytes of the files, as they are stored, asked for from opening the search to the first results."""
    executable = subprocess.run([CHROMIUM], capture_output=True, text=True, check=True).stdout.strip()
    with (
        serving(site, "https://example.org/") as home,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"]) as browser,
    ):
        page = browser.new_page()
        page.goto(home)
        return sum((site / name).stat().st_size for name in _requested(page, home, words))


def _requested(page: Page, home: str, words: str) -> list[str]:
    requested: list[str] = []
    page.context.on(
        "request", lambda request: requested.append(request.url.removeprefix(home).partition("?")[0])
    )
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.locator("#ps-results a").first.wait_for(timeout=WAIT)
    page.wait_for_load_state("networkidle")
    return requested
