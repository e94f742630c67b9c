"""The shipped reading list, built as a user builds it and read in a real browser.

`PAPERSHELF_KILLS=50 pytest tests/site/test_site.py -k killed` kills a build at 50 random moments, not a few.
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from support.daily_papers import write_page
from support.project import ROOT, TESTS, copy_project

KILLS = int(os.environ.get("PAPERSHELF_KILLS", "6"))
SUMMARIES = tuple(
    f"- paper: counting-tulips\n  summary: Tulips, counted {times}.\n" for times in ("once", "again")
)
MAX_FIRST_SEARCH = 300_000
PAPER = "papers/few-shot-class-incremental-learning-via-training-free-prototype-calibration/"
PAGES: tuple[str, ...] = (
    "",
    "topics/",
    "topics/continual-learning/",
    "editions/",
    "editions/daily-papers-2025-12-11/",
)
PAGES += ("collections/", "collections/start-here-class-incremental-learning/")
PAGES += ("archive/", "archive/2023/10/", "archive/2022/", PAPER, "code/", "about/")
PAGES += ("code/project/", "discussed/", "stats/")


MAX_PAPER, MAX_HOME = 12_000, 40_000


def papershelf(project: Path, *arguments: str | Path, **environment: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "papershelf", "-C", project, *arguments],
        check=True,
        env={**os.environ, **environment},
        capture_output=True,
    )


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def renderer(request: pytest.FixtureRequest) -> str:
    """The one that ships; the other one's pages are opened too."""
    return str(getattr(request, "param", "mkdocs"))


@pytest.fixture(scope="session")
def site(new_project: Callable[[str], Path], renderer: str) -> Path:
    project = new_project(f"shipped-{renderer}")
    papershelf(project, "build", "--renderer", renderer)
    return project / "site"


@pytest.fixture
def home(site: Path, serve_site: Callable[..., str]) -> str:
    return serve_site(site)


@pytest.mark.parametrize(
    ("renderer", "path"),
    [
        *(("mkdocs", path) for path in PAGES),
        *(("zensical", path) for path in ("", "browse/", PAPER, "about/")),
    ],
    indirect=["renderer"],
    scope="session",
)
def test_a_page_opens_without_trouble(page: Page, home: str, path: str) -> None:
    answer = page.goto(home + path)

    assert answer is not None
    assert answer.status == 200
    assert page.locator("h1").count() == 1


def test_a_word_of_a_summary_leads_to_its_paper(page: Page, home: str) -> None:
    page.goto(home)
    page.keyboard.press("/")
    page.keyboard.type("Delaunay triangulations")
    expect(page.locator("#ps-results a").first).to_contain_text("Pointer Networks")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/papers/pointer-networks/*")
    assert page.locator("h1").inner_text() == "Pointer Networks"


def test_a_first_search_transfers_little(page: Page, home: str, site: Path) -> None:
    page.goto(home)
    requested: list[str] = []
    page.context.on("request", lambda request: requested.append(request.url.partition("?")[0]))
    page.keyboard.press("/")
    page.keyboard.type("neural networks")
    page.locator("#ps-results a").first.wait_for()

    files = [site / url.removeprefix(home) for url in requested]
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"} <= {file.name for file in files}
    assert sum(file.stat().st_size for file in files) < MAX_FIRST_SEARCH


def test_a_reader_walks_from_topic_to_paper_to_code_and_on(page: Page, home: str, site: Path) -> None:
    page.goto(home + "topics/continual-learning/")
    page.get_by_role("link", name="Practical Continual Forgetting for Pre-trained Vision Models").click()
    assert (
        page.get_by_role("link", name="bjzhb666/GS-LoRA").get_attribute("href")
        == "https://github.com/bjzhb666/GS-LoRA"
    )
    page.get_by_role("link", name="Daily papers, 20 October 2025").click()
    assert page.locator("h1").inner_text() == "Daily papers, 20 October 2025"
    assert (site / PAPER / "index.md").read_text(encoding="utf-8").count("github.com/wangkiw/TEEN") == 1


def test_every_link_within_the_site_leads_to_a_file_and_to_an_anchor_there(site: Path) -> None:
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    anchors = {path.resolve(): set(re.findall(r' id="?([^" >]+)', html)) for path, html in pages.items()}
    for path, page in pages.items():
        for href in set(re.findall(r'<a [^>]*href="([^"]+)"', page)):
            if "://" in href or href.startswith(("mailto:", "/")):
                continue
            address, _, anchor = unescape(href).partition("#")
            file = address.partition("?")[0]
            there = (path.parent / file).resolve() if file else path.resolve()
            there = there / "index.html" if there.is_dir() else there
            assert there.is_file(), f"{path}: {href}"
            assert not anchor or anchor in anchors[there], f"{path}: {href}"


def test_a_reader_finds_a_month_in_the_calendar(page: Page, home: str) -> None:
    page.goto(home + "archive/")
    page.get_by_role("link", name="October 2023: 12 papers").click()
    expect(page.locator(".ps-card")).to_have_count(12)
    page.get_by_role("link", name="2023", exact=True).click()
    expect(page.get_by_role("img", name=re.compile(r"^Papers per month: Jan: 3; .*Oct: 12"))).to_be_visible()
    page.get_by_role("link", name="Older: 2022").click()
    expect(page.locator("h1")).to_have_text("Papers of 2022")


def test_a_topic_leads_to_a_year(page: Page, home: str) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(home + "topics/continual-learning/")
    page.get_by_role("link", name="2022", exact=True).click()
    expect(page.locator("h2", has_text="2022")).to_be_in_viewport()


def test_figures_are_there_as_numbers(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_role("link", name="Figures").click()
    expect(page.get_by_role("img", name=re.compile("^Papers with code: "))).to_be_visible()
    table = page.locator("details table").first
    expect(table).to_be_hidden()
    page.get_by_text("The numbers as a table").first.press("Enter")
    expect(table.get_by_role("row", name="October 2023 12")).to_be_visible()


def test_code_is_told_apart_by_kind(page: Page, home: str) -> None:
    page.goto(home + "code/")
    page.get_by_role("link", name=re.compile("^Project pages")).click()
    expect(page.locator("h1")).to_have_text("Project pages")
    expect(page.locator(".ps-owner").first.locator("li a").first).to_have_attribute(
        "href", re.compile("^../../papers/")
    )


def test_a_reader_follows_a_reading_path_from_home_to_its_end(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_role("link", name="Start here: class-incremental learning in seven papers").click()
    page.locator(".ps-card h2 a").first.click()
    place, following = page.locator(".ps-listed > p").first, page.locator(".ps-listed > ul").first
    for step in range(1, 8):
        expect(place).to_contain_text(f"class-incremental learning in seven papers: {step} of 7")
        if step < 7:
            following.get_by_text("Next: ").get_by_role("link").click()
    expect(following).not_to_contain_text("Next: ")


def test_two_builds_give_the_same_bytes(site: Path, renderer: str, tmp_path: Path) -> None:
    other = copy_project(tmp_path / "elsewhere")
    papershelf(other, "build", "--renderer", renderer, PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C")

    assert bytes_of(other / "site") == bytes_of(site)


def test_a_build_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "small", content=ROOT / "tests" / "small")
    sites = []
    for summary in SUMMARIES:
        (project / "content/curation/first.yml").write_text(summary, encoding="utf-8")
        papershelf(project, "build")
        sites.append(bytes_of(project / "site"))
    chance = random.Random(2025)
    for number in range(KILLS):
        (project / "content/curation/first.yml").write_text(SUMMARIES[number % 2], encoding="utf-8")
        build = subprocess.Popen(
            [sys.executable, "-m", "papershelf", "-C", project, "build", "-q"],
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.1, 1.2))
        os.killpg(build.pid, signal.SIGKILL)
        build.wait()
        assert bytes_of(project / "site") in sites

    papershelf(project, "build")
    assert bytes_of(project / "site") == sites[(KILLS - 1) % 2]
    assert not list((project / "build").glob("staging-*"))


def test_importing_with_abstracts_over_the_shipped_list_adds_and_loses_nothing(
    project: Path, tmp_path: Path, page: Page, serve_site: Callable[..., str]
) -> None:
    files = sorted((project / "content/papers").iterdir())
    listings = [path for path in files if path.stem != "identifiers"]
    shipped = {path: records_of(path) for path in listings}
    curated = bytes_of(project / "content/curation")

    papershelf(project, "import", *(write_page(listing, tmp_path) for listing in listings))
    papershelf(project, "build", PAPERSHELF_REPOSITORY="https://github.com/someone/papershelf-list")

    assert sorted((project / "content/papers").iterdir()) == files
    grown = {path: records_of(path) for path in listings}
    abstracts = [record.pop("abstract") for records in grown.values() for record in records[1:]]
    assert grown == shipped
    assert all(abstracts)
    assert bytes_of(project / "content/curation") == curated
    page.goto(serve_site(project / "site", "https://someone.github.io/papershelf-list/") + PAPER)
    assert page.locator(".ps-summary").inner_text().startswith("TEEN corrects a bias")
    assert page.locator(".ps-abstract").count() == 1
    weights = [path.stat().st_size for path in (project / "site/papers").rglob("index.html")]
    assert max(weights) <= MAX_PAPER
    assert (project / "site/index.html").stat().st_size <= MAX_HOME


def test_importing_other_listings_leaves_the_shipped_list_as_it_is(project: Path) -> None:
    papers = project / "content/papers"
    shipped = bytes_of(papers)

    papershelf(project, "import", *sorted((TESTS / "listings").glob("*.txt")))

    assert bytes_of(papers).items() > shipped.items()


def records_of(listing: Path) -> list[dict[str, Any]]:
    """The lines of a listing's file: its facts, then its records."""
    return [json.loads(line) for line in listing.read_text(encoding="utf-8").splitlines()]


def test_every_page_is_valid_html(site: Path, html_mistakes: Callable[[Path], list[str]]) -> None:
    assert html_mistakes(site) == []


def test_mistakes_in_html_are_found(tmp_path: Path, html_mistakes: Callable[[Path], list[str]]) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><p id=a><p id=a><b>", encoding="utf-8")
    assert any("no-dup-id" in mistake for mistake in html_mistakes(tmp_path))
