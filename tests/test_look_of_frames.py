"""The frame around pages in a real browser: light, and as dark as the reader wants it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fabricated import CONFIG, PAPERS
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as BrowserPage
from test_site_look import WORDS, make_site

MAX_FRAME = 4_100
PAPER = "papers/nothing-but-a-title/"


@pytest.fixture(scope="module")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_site(tmp_path_factory.mktemp("frames"), PAPERS)


def test_a_frame_is_light(tea: Path) -> None:
    html = (tea / PAPER / "index.html").read_text("utf-8")
    before, _, after = html.partition("<h1")
    frame = before + after.partition("</article>")[2]
    assert len(frame.encode()) <= MAX_FRAME
    assert "bundle" not in frame


def test_a_page_by_hand_has_all_of_material(tea: Path, serve_site: Callable[..., str]) -> None:
    assert serve_site(tea, CONFIG.url)
    assert "bundle" in (tea / "about/index.html").read_text("utf-8")


@pytest.mark.parametrize("path", [PAPER, "about/"])
def test_the_readers_choice_of_colours_holds_on_the_next_page(
    tea: Path, serve_site: Callable[..., str], page: BrowserPage, path: str
) -> None:
    home = serve_site(tea, CONFIG.url)
    page.emulate_media(color_scheme="dark")
    page.goto(home)
    switch = page.get_by_role("button", name=WORDS.site.dark)
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")

    page.goto(home + path)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    expect(switch).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("path", ["", PAPER, "about/"])
def test_who_skips_the_header_lands_in_the_content(
    tea: Path, serve_site: Callable[..., str], page: BrowserPage, path: str
) -> None:
    page.goto(serve_site(tea, CONFIG.url) + path)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('header')")


def test_without_javascript_nothing_is_offered_that_needs_it(
    tea: Path, serve_site: Callable[..., str], browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(serve_site(tea, CONFIG.url) + PAPER)
    assert [button.is_visible() for button in page.locator("button").all()].count(True) == 0
    context.close()
