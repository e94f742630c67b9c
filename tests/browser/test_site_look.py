"""A site of hostile titles and a site of nothing, as the renderer and a real browser make of them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Dialog, expect
from playwright.sync_api import Page as BrowserPage

from papershelf import text
from papershelf.core import urls
from papershelf.theme import templates as overlay
from support import fabricated
from support.fabricated import CONFIG, HOSTILE_TITLES, PAPERS
from support.project import ROOT
from support.site import WORDS, make_site

TEMPLATES = ROOT / "templates"
STYLE_SHEETS = sorted((TEMPLATES / "overrides").rglob("*.css"))
MAX_PAPER = 12_000
NARROW, PHONE = 320, 360
KINDS = (
    "",
    "topics/",
    "topics/kettles/",
    "topics/kettles/2/",
    "topics/brewing/",
    "collections/",
    "collections/first-cups/",
    "editions/",
    "editions/tea-daily-2024-03-09/",
    "archive/",
    "archive/2024/",
    "archive/2023/",
    "archive/2024/09/",
    "code/",
    "code/dataset/",
    "discussed/",
    "stats/",
    "papers/how-long-to-steep/",
    "papers/a-year-worked-out/",
    "papers/nothing-but-a-title/",
    "about/",
    "browse/",
    "nowhere/",
)


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_site(tmp_path_factory.mktemp("hostile"), fabricated.hostile_papers())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_site(tmp_path_factory.mktemp("tea"), PAPERS)


def words_of(content: str) -> list[str]:
    return re.findall(r"\w+", content)


def test_hostile_titles_stay_text(
    hostile_site: Path, serve_site: Callable[..., str], page: BrowserPage
) -> None:
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    home = serve_site(hostile_site, CONFIG.url)
    for number, title in enumerate(HOSTILE_TITLES):
        page.goto(f"{home}papers/hostile-{number}/")
        shown = words_of(text.plain(title))
        assert words_of(page.locator("h1").inner_text()) == shown
        assert words_of(page.locator(".ps-summary").inner_text()) == shown
        assert words_of(page.locator(".ps-abstract").inner_text()) == shown
        assert words_of(page.title()) == [*shown, *words_of(CONFIG.title)]
        assert page.locator("article :is(img, script, iframe, svg, input, style)").count() == 0
        assert page.locator("article [onclick], article [onmouseover], article [onerror]").count() == 0
    assert dialogs == []


def test_hostile_titles_stay_text_in_lists_and_link_to_their_papers(
    hostile_site: Path, serve_site: Callable[..., str], page: BrowserPage
) -> None:
    home = serve_site(hostile_site, CONFIG.url)
    shown: dict[str, list[str]] = {}
    for number in range(1, len(HOSTILE_TITLES) // CONFIG.pages.size + 2):
        page.goto(f"{home}{urls.address(urls.numbered(urls.topic('brewing'), number))}")
        for link in page.locator(".ps-card :is(h2, h3) a").all():
            shown[str(link.get_attribute("href"))] = words_of(link.inner_text())
        targets = page.locator("article a").evaluate_all("links => links.map(link => link.href)")
        expected = ("http://127.0.0.1:", "https://evil.test/x", f"{CONFIG.repository}/edit/")
        assert all(target.startswith(expected) for target in targets)
    assert list(shown.values()) == [words_of(text.plain(title)) for title in HOSTILE_TITLES]


def test_hostile_titles_stay_text_in_search_results(
    hostile_site: Path, serve_site: Callable[..., str], page: BrowserPage
) -> None:
    page.goto(serve_site(hostile_site, CONFIG.url))
    page.keyboard.press("/")
    page.keyboard.type("onerror")
    result = page.locator("[role=option]").first
    result.wait_for()
    assert "<img src=x onerror=alert(1)>" in result.inner_text()
    assert page.locator("dialog img").count() == 0


def test_hostile_titles_stay_text_on_the_browse_page(
    hostile_site: Path, serve_site: Callable[..., str], page: BrowserPage
) -> None:
    page.goto(f"{serve_site(hostile_site, CONFIG.url)}browse/")
    expect(page.locator(".ps-card")).to_have_count(len(HOSTILE_TITLES))
    for number, title in enumerate(HOSTILE_TITLES):
        card = page.locator(".ps-card").nth(number)
        shown = words_of(text.plain(title))
        assert words_of(card.locator("h2").inner_text()) == shown
        assert words_of(card.locator(".ps-text").inner_text()) == shown
    assert page.locator("article :is(img, script, iframe, svg, style)").count() == 0
    assert page.locator("article [onclick], article [onmouseover], article [onerror]").count() == 0


@pytest.mark.parametrize("lost", ["papers/how-long-too-steep/", "x/y/z/how-long-too-steep.html"])
def test_a_lost_address_leads_to_papers_and_to_the_search(
    site: Path, serve_site: Callable[..., str], page: BrowserPage, trouble: list[str], lost: str
) -> None:
    home = serve_site(site, CONFIG.url)
    page.goto(home + lost)
    link = page.locator("#ps-missing li a").first
    assert link.inner_text() == text.plain(PAPERS[0].title)
    assert link.get_attribute("href") == "/tea/papers/how-long-to-steep/"
    page.locator("#ps-missing .ps-more a").click()
    page.wait_for_url("**/tea/browse/?q=*how%20long%20too%20steep")
    trouble[:] = [each for each in trouble if "404" not in each]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_barriers_or_runs_over_a_phone(
    site: Path, serve_site: Callable[..., str], page: BrowserPage, trouble: list[str], scheme: str
) -> None:
    home = serve_site(site, CONFIG.url)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for path in KINDS if scheme == "light" else [*KINDS][::3]:
        page.set_viewport_size({"width": PHONE, "height": 700})
        page.goto(home + path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        for width in (PHONE, NARROW):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} at {width}"
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} opened"
    trouble[:] = [each for each in trouble if "404" not in each]


def test_a_site_without_papers_can_be_made_and_searched(
    tmp_path: Path, serve_site: Callable[..., str], page: BrowserPage
) -> None:
    page.goto(serve_site(make_site(tmp_path, []), CONFIG.url))
    page.keyboard.press("/")
    page.keyboard.type("tea")
    page.get_by_text(WORDS.search.empty).wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_search_finds_opens_and_closes_with_the_keyboard(
    site: Path, serve_site: Callable[..., str], page: BrowserPage, theme: str
) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.goto(f"{serve_site(site, CONFIG.url)}archive/2024/")
    page.keyboard.press("Control+k")
    page.keyboard.type("kettle numbr nothing like it")
    page.get_by_text("No paper found").wait_for()
    page.locator("dialog input").fill("boils")
    page.get_by_text("1 paper found").wait_for()
    page.keyboard.press("ArrowDown")
    assert Axe().run(page).violations_count == 0
    option = page.locator("[role=option][aria-selected=true]")
    assert option.locator("strong").inner_text() == "A Year Worked Out"
    assert option.locator("small").inner_text() == "2 September 2024"
    assert option.locator("mark").all_inner_texts() == ["Boils"]
    page.keyboard.press("Escape")
    assert page.locator("dialog").is_hidden()
    page.keyboard.press("/")
    page.keyboard.type("kettle")
    page.get_by_text("8 papers found").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = option.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{second}")


def test_the_footer_names_the_curator(site: Path, serve_site: Callable[..., str], page: BrowserPage) -> None:
    page.goto(serve_site(site, CONFIG.url))
    assert page.get_by_text("Kept by Ada <Kettle>").get_attribute("href") == "https://example.org/ada"


def test_pages_are_light(site: Path) -> None:
    assert (site / "papers/how-long-to-steep/index.html").stat().st_size < MAX_PAPER


def test_the_markdown_of_a_paper_is_published_beside_it(
    site: Path, serve_site: Callable[..., str], page: BrowserPage
) -> None:
    page.goto(f"{serve_site(site, CONFIG.url)}papers/how-long-to-steep/")
    href = page.get_by_text(WORDS.markdown_version).get_attribute("href")
    assert "# How Long to Steep" in page.request.get(f"{page.url}{href}").text()


def test_hostile_titles_leave_the_html_valid(
    hostile_site: Path, html_mistakes: Callable[[Path], list[str]]
) -> None:
    assert html_mistakes(hostile_site) == []


@pytest.mark.parametrize("sheet", STYLE_SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_means_the_same_when_it_is_minified(sheet: Path, page: BrowserPage) -> None:
    written = sheet.read_bytes()
    [(_, served)] = overlay.minified([(sheet.name, written)])
    assert len(served) < len(written)
    parse = """text => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        const read = rule => [rule.selectorText, rule.conditionText, [...rule.style ?? []], inside(rule)];
        const inside = ({ cssRules = [] }) => [...cssRules].map(read);
        return inside(sheet);
    }"""
    rules = page.evaluate(parse, written.decode())
    assert rules
    assert page.evaluate(parse, served.decode()) == rules


def test_an_abstract_opens_in_its_list(site: Path, serve_site: Callable[..., str], page: BrowserPage) -> None:
    page.goto(serve_site(site, CONFIG.url) + "topics/brewing/")
    card = page.locator(".ps-card", has_text="How Long to Steep").first
    expect(card.locator(".ps-abstract")).to_have_count(0)
    card.locator("summary", has_text=WORDS.abstract).click()
    expect(card.locator(".ps-abstract")).to_contain_text("minutes, then")
    card.locator("summary").click()
    expect(card.locator(".ps-abstract")).to_be_hidden()
    card.locator("summary").click()
    expect(card.locator(".ps-abstract")).to_be_visible()


def test_light_or_dark_is_kept_for_one_site_of_a_host(
    site: Path, serve_site: Callable[..., str], page: BrowserPage, trouble: list[str]
) -> None:
    home = serve_site(site, CONFIG.url)
    page.emulate_media(color_scheme="light")
    page.goto(home)
    page.evaluate("localStorage.setItem('psScheme/another-list/', 'slate')")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.locator("[data-ps-scheme]").click()
    for address in ("", "topics/brewing/", "papers/how-long-to-steep/", "nowhere/"):
        page.goto(home + address)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert "404" in trouble.pop()


def test_a_phone_shows_the_section_that_a_page_is_in(
    site: Path, serve_site: Callable[..., str], page: BrowserPage
) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(serve_site(site, CONFIG.url) + "about/")
    expect(page.locator(".ps-sections [aria-current]")).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") == 0


def test_a_topic_leads_to_browse_and_unknown_filters_are_named(
    site: Path, serve_site: Callable[..., str], page: BrowserPage
) -> None:
    home = serve_site(site, CONFIG.url)
    page.goto(home + "topics/brewing/")
    page.get_by_role("link", name=WORDS.browse.narrow).click()
    expect(page).to_have_url(home + "browse/?topic=brewing")
    expect(page.get_by_role("checkbox", name="Brewing & steeping")).to_be_checked()
    expect(page.locator("#ps-count")).to_have_text("2 papers found")
    page.goto(home + "browse/?topic=no-such-topic")
    expect(page.locator("#ps-count")).to_contain_text("no-such-topic")
    page.locator("#ps-browse [name=sort]").select_option("date")
    expect(page.locator("#ps-count")).not_to_contain_text("no-such-topic")
