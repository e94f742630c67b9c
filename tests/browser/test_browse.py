"""The shipped reading list browsed, searched and kept by a reader with a real browser."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PAPERS = 299
MAX_FIRST_SEARCH = 300_000
POINTER = "papers/pointer-networks/"
TOPIC = "topics/continual-learning/"


@pytest.fixture(scope="module")
def site(new_project: Callable[[str], Path]) -> Path:
    project = new_project("browsed")
    subprocess.run([sys.executable, "-m", "papershelf", "-C", project, "build", "-q"], check=True)
    return project / "site"


@pytest.fixture
def home(site: Path, serve_site: Callable[..., str]) -> str:
    return serve_site(site)


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def screen(request: pytest.FixtureRequest, page: Page) -> Page:
    page.set_viewport_size(request.param)
    return page


def found(page: Page, words: str) -> None:
    expect(page.locator("#ps-count")).to_have_text(words)


def choose(page: Page, facet: str, label: str) -> None:
    if page.locator(".ps-facets > summary").is_visible() and not page.locator(".ps-facets[open]").count():
        page.locator(".ps-facets > summary").click()
    group = page.locator(f"[data-facet={facet}]")
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    group.locator("label", has_text=label).first.click()


def titles(page: Page) -> list[str]:
    return page.locator(".ps-card h2 a").all_inner_texts()


def test_everything_is_listed_newest_first_and_more_on_demand(screen: Page, home: str) -> None:
    screen.goto(home + "browse/")
    found(screen, f"{PAPERS} papers found")
    first = titles(screen)
    assert len(first) == 20
    screen.get_by_role("button", name="More papers").click()
    expect(screen.locator(".ps-card")).to_have_count(40)
    expect(screen.locator(".ps-card h2 a").nth(20)).to_be_focused()
    screen.goto(home + "archive/")
    screen.locator("article a[aria-label*=' 2025: ']").last.click()
    assert screen.locator(".ps-card :is(h2, h3) a").first.inner_text() == first[0]


def test_facets_narrow_count_and_stand_in_the_address(screen: Page, home: str) -> None:
    screen.goto(home + TOPIC)
    count = screen.locator(".ps-range").inner_text()
    screen.goto(home + "browse/?topic=continual-learning")
    found(screen, f"{count} found")
    choose(screen, "code", "with code")
    expect(screen).to_have_url(home + "browse/?topic=continual-learning&code=any")
    expect(screen.locator("#ps-count")).not_to_have_text(f"{count} found")
    beside = screen.locator("[data-facet=code] label", has_text="with code").locator(".ps-count").inner_text()
    found(screen, f"{beside} papers found")
    screen.go_back()
    found(screen, f"{count} found")
    assert not screen.locator("[data-facet=code] input:checked").count()


def test_values_of_one_facet_add_up_and_months_narrow_their_year(page: Page, home: str) -> None:
    page.goto(home + "browse/?date=2024")
    expect(page.locator("#ps-count")).not_to_be_empty()
    year = int(page.locator("#ps-count").inner_text().split()[0])
    months = page.locator("[data-facet=date] label:has([value^='2024-'])")
    counts = [int(text) for text in months.locator(".ps-count").all_inner_texts() if text]
    assert sum(counts) == year
    months.first.click()
    expect(page.locator("#ps-count")).not_to_have_text(f"{year} papers found")
    page.goto(home + "browse/?date=2023&date=2024")
    expect(page.locator("#ps-count")).not_to_be_empty()
    assert int(page.locator("#ps-count").inner_text().split()[0]) > year


@pytest.mark.parametrize("by", ["comments", "rating"])
def test_papers_are_sorted_by_numbers_that_are_loaded_only_then(page: Page, home: str, by: str) -> None:
    ranks: list[str] = []
    page.on("request", lambda request: ranks.append(request.url) if "ranks" in request.url else None)
    page.goto(home + "browse/")
    found(page, f"{PAPERS} papers found")
    assert not ranks
    before = titles(page)[0]
    page.get_by_label("Sort by").select_option(by)
    expect(page).to_have_url(home + f"browse/?sort={by}")
    expect(page.locator(".ps-card h2 a").first).not_to_have_text(before)
    assert len(ranks) == 1
    shown = page.locator(".ps-card .ps-facts").all_inner_texts()
    mark = " comment" if by == "comments" else "★"
    with_mark = [mark in facts for facts in shown]
    assert with_mark[0]
    assert with_mark == sorted(with_mark, reverse=True)


def test_the_search_of_the_header_hands_over(screen: Page, home: str) -> None:
    screen.goto(home + "about/")
    screen.keyboard.press("/")
    screen.keyboard.type("continual learning")
    screen.keyboard.press("Enter")
    screen.wait_for_url("**/browse/?q=continual%20learning")
    expect(screen.get_by_label("Search papers").first).to_be_visible()
    expect(screen.locator("#ps-count")).to_contain_text("papers found")
    screen.keyboard.press("Control+k")
    screen.keyboard.type("pointer")
    screen.get_by_role("option", name="Show all, with filters").click()
    screen.wait_for_url("**/browse/?q=pointer")
    expect(screen.get_by_role("link", name="Pointer Networks", exact=True)).to_be_visible()


def test_nothing_found_says_what_to_leave_out(page: Page, home: str) -> None:
    page.goto(home + "browse/?q=Delaunay+xylophone&topic=continual-learning")
    found(page, "No paper has all of this.")
    page.goto(home + "browse/?q=Delaunay&topic=continual-learning")
    page.get_by_role("button", name="without Topic: 1 paper").click()
    found(page, "1 paper found")
    expect(page).to_have_url(home + "browse/?q=Delaunay")
    assert titles(page) == ["Pointer Networks"]


def test_a_first_search_transfers_little(page: Page, home: str, site: Path) -> None:
    page.goto(home)
    requested: set[str] = set()
    page.context.on("request", lambda request: requested.add(request.url.partition("?")[0]))
    page.goto(home + "browse/?q=neural+networks")
    expect(page.locator(".ps-card").first).to_be_visible()
    files = [site / url.removeprefix(home) for url in requested if "/pagefind/" in url]
    assert len(files) > 10
    assert sum(file.stat().st_size for file in files) < MAX_FIRST_SEARCH


def test_saved_papers_are_listed_marked_and_taken_elsewhere(
    screen: Page, home: str, browser: Browser, tmp_path: Path
) -> None:
    screen.goto(home + TOPIC)
    card = screen.locator(".ps-card").nth(1)
    title = card.locator(":is(h2, h3) a").inner_text()
    card.get_by_role("button", name="Save").click()
    expect(screen.get_by_text("Saved to your list")).to_be_visible()
    screen.goto(home + POINTER)
    screen.get_by_role("button", name="Save").click()
    screen.get_by_role("button", name="Mark as read").click()
    screen.goto(home + "browse/?saved")
    found(screen, "2 papers found")
    assert {*titles(screen)} == {title, "Pointer Networks"}
    screen.get_by_label("Show").select_option("read")
    found(screen, "1 paper found")
    screen.get_by_label("Show").select_option("")
    found(screen, "2 papers found")
    taken = {}
    for name in ("BibTeX", "CSL-JSON", "Markdown"):
        with screen.expect_download() as download:
            screen.get_by_role("button", name=name, exact=True).click()
        taken[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(taken[name])
    assert taken["BibTeX"].read_text("utf-8").count("\n  title = ") == 2
    assert f"[Pointer Networks]({home}{POINTER})" in taken["Markdown"].read_text("utf-8")
    items = json.loads(taken["CSL-JSON"].read_text("utf-8"))
    assert {item["title"] for item in items} == {title, "Pointer Networks"}
    assert len({item["id"] for item in items}) == 2
    other = browser.new_context().new_page()
    other.goto(home + "browse/?saved")
    found(other, "Nothing saved yet. Save papers with the bookmark beside their titles.")
    other.get_by_label("Import a list").set_input_files(taken["CSL-JSON"])
    found(other, "2 papers found")
    other.get_by_label("Import a list").set_input_files(taken["BibTeX"])
    expect(other.get_by_text("This file holds no list exported here.")).to_be_visible()
    other.get_by_role("button", name="Save: Pointer Networks").click()
    found(other, "1 paper found")
    other.context.close()


@pytest.mark.parametrize("kept", ["{", "[1]", '{"x":1,"a b":{"title":"T"}}', '"text"', "null"])
def test_a_damaged_list_breaks_nothing(page: Page, home: str, kept: str) -> None:
    page.goto(home + TOPIC)
    page.evaluate("kept => localStorage.setItem('papershelf:/papershelf/', kept)", kept)
    page.reload()
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("button", name="Save").first).to_have_attribute("aria-pressed", "true")
    page.goto(home + "browse/?saved")
    found(page, "1 paper found")


def test_a_browser_that_keeps_nothing_says_so(page: Page, home: str) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full') }")
    page.goto(home + TOPIC)
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("This browser does not keep it")).to_be_visible()
    expect(page.get_by_role("button", name="Save").first).to_have_attribute("aria-pressed", "true")


def test_keys_walk_save_and_open(page: Page, home: str) -> None:
    page.goto(home + TOPIC)
    links = page.locator(".ps-card :is(h2, h3) a")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(links.nth(place)).to_be_focused()
    page.keyboard.press("s")
    expect(page.locator(".ps-saved").nth(1)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Control+j")
    expect(links.nth(1)).to_be_focused()
    target = links.nth(1).get_attribute("href")
    page.keyboard.press("o")
    page.wait_for_url(f"**/{str(target).removeprefix('../../')}")
    expect(page.locator(".ps-saved")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("?")
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.locator(".ps-saved")).to_have_attribute("aria-pressed", "true")


def test_progress_on_a_reading_path_is_counted(page: Page, home: str) -> None:
    path = "collections/start-here-class-incremental-learning/"
    page.goto(home + path)
    expect(page.locator("[data-ps-progress]")).to_have_text("0 of 7 read")
    for place in (0, 3):
        page.get_by_role("button", name="Mark as read").nth(place).click()
    expect(page.locator("[data-ps-progress]")).to_have_text("2 of 7 read")
    page.goto(home + "collections/")
    entry = page.locator("li", has=page.locator(f"a[href$='{path.split('/')[1]}/']"))
    expect(entry.locator("[data-ps-progress]")).to_have_text("2 of 7 read")


def test_keys_are_letters_while_typing(page: Page, home: str) -> None:
    page.goto(home + "browse/")
    found(page, f"{PAPERS} papers found")
    page.locator("[name=q]").click()
    page.keyboard.type("jos?/")
    expect(page.locator("[name=q]")).to_have_value("jos?/")
    assert not page.locator("dialog[open]").count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browsing_has_no_barriers(screen: Page, home: str, scheme: str) -> None:
    screen.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    screen.goto(home + "browse/?topic=continual-learning&q=few")
    expect(screen.locator("#ps-count")).to_contain_text("found")
    screen.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    screen.locator(".ps-card .ps-saved").first.click()
    expect(screen.locator("#ps-said")).to_be_visible()
    check(screen)
    screen.keyboard.press("?")
    check(screen)
    screen.keyboard.press("Escape")
    screen.goto(home + "browse/?saved")
    expect(screen.locator("#ps-count")).to_contain_text("found")
    check(screen)


def check(page: Page) -> None:
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_browse_says_where_else_to_look(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(home + "browse/")
    expect(page.get_by_text("Browsing and search need JavaScript")).to_be_visible()
    assert page.locator("form").is_hidden()
    page.locator(".ps-noscript a", has_text="Topics").click()
    assert page.url == home + "topics/"
    context.close()


def test_opened_from_disk_browse_says_what_it_needs(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / "browse/index.html").as_uri())
    expect(page.get_by_text("a site that comes from a web server")).to_be_visible()
    assert page.locator("form").is_hidden()
    context.close()
