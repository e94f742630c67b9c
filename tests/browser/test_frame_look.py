"""The frame around pages in a real browser: light, and as dark as the reader wants it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as BrowserPage

from support.fabricated import CONFIG, FULL, PAPERS
from support.people import named
from support.site import WORDS, make_site

MAX_FRAME = 4_100
PAPER = "papers/nothing-but-a-title/"
MAX_PAPER = 12_000
LONG = replace(
    FULL,
    id="long",
    title="How Long an Abstract Can Be: " + "Long " * 15,
    abstract="An abstract as long as there are. " * 110,
    authors=named(*(f"Ada Longname{number}" for number in range(100))),
)


@pytest.fixture(scope="module")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_site(tmp_path_factory.mktemp("frames"), [*PAPERS, LONG])


def test_a_frame_is_light(tea: Path) -> None:
    html = (tea / PAPER / "index.html").read_text("utf-8")
    before, _, after = html.partition("<h1")
    frame = before + after.partition("</article>")[2]
    assert len(frame.encode()) <= MAX_FRAME
    assert "bundle" not in frame


def test_the_page_of_a_paper_with_a_long_abstract_and_many_authors_is_light(tea: Path) -> None:
    assert (tea / "papers/long/index.html").stat().st_size <= MAX_PAPER


def test_the_entry_for_bibtex_is_copied_with_a_button(
    tea: Path, serve_site: Callable[..., str], page: BrowserPage
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{serve_site(tea, CONFIG.url)}papers/how-long-to-steep/")
    page.get_by_role("button", name=WORDS.copy_entry).click()
    page.get_by_role("button", name=WORDS.copied).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("@article{kettle2024long")
    assert copied.rstrip().endswith("}")


def test_the_citation_is_copied_as_text_and_as_markdown(
    tea: Path, serve_site: Callable[..., str], page: BrowserPage
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{serve_site(tea, CONFIG.url)}papers/how-long-to-steep/")
    written = list[str]()
    for name in (WORDS.copy_text, WORDS.copy_markdown):
        button = page.locator(".ps-cited").get_by_role("button", name=name)
        button.click()
        page.locator(".ps-cited").get_by_role("button", name=WORDS.copied).nth(len(written)).wait_for()
        written.append(page.evaluate("navigator.clipboard.readText()"))

    start = "Kettle, A., Leaf, B., Cup, C., Spoon, D., & Pot, E. (2024). "
    title = "How Long to Steep: Minutes or [Hours]? A_b Study. "
    assert written[0] == f"{start}{title}Journal of Tea 4. https://doi.org/10.1000/tea_1"
    assert written[1] == (
        start.replace("&", "\\&")
        + title.replace("[", "\\[").replace("]", "\\]").replace("_", "\\_")
        + "*Journal of Tea 4*. <https://doi.org/10.1000/tea_1>"
    )


def test_a_printed_paper_has_no_navigation_and_says_where_links_lead(
    tea: Path, serve_site: Callable[..., str], page: BrowserPage
) -> None:
    page.goto(f"{serve_site(tea, CONFIG.url)}papers/how-long-to-steep/")
    page.emulate_media(media="print", color_scheme="dark")
    for selector in ("header", "footer", ".ps-related", "[data-ps-copy]"):
        assert not page.locator(selector).first.is_visible(), selector
    link = page.locator(".ps-links a").first
    assert "arxiv.org" in link.evaluate("link => getComputedStyle(link, '::after').content")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


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
