"""The search index: parts indexed by the real Pagefind, merged, and searched in a real browser."""

import shutil
import string
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from papershelf.core.problems import GeneratorError
from papershelf.incremental import fingerprint
from papershelf.incremental.cache import Cache
from papershelf.incremental.output import Output
from papershelf.search import IndexPlan, SearchDocument, index, pagefind, part
from papershelf.search.documents import page_html
from papershelf.search.plan import split

TEAS = ("oolong", "sencha", "assam", "matcha", "rooibos", "darjeeling", "lapsang", "café", "cafe")
COUNT = 900
HOME = '<!doctype html><html lang="en"><head><link rel="icon" href="data:,"><title>Home</title></head></html>'
SEARCH = """async ([words, options]) => {
    const pagefind = await import(new URL("pagefind/pagefind.js", location))
    const found = await pagefind.search(words, options)
    const pages = await Promise.all(found.results.map((result) => result.data()))
    return pages.map((page) => [page.url, page.meta.title, page.meta.date, page.excerpt])
}"""
COUNT_FILTERS = """async () => (await import(new URL("pagefind/pagefind.js", location))).filters()"""


def paper(number: int, note: str = "") -> SearchDocument:
    tea = TEAS[number % len(TEAS)]
    return SearchDocument(
        url=f"papers/{number}/",
        title=f"Study {number} of {tea}",
        date=f"{number % 28 + 1} March 2024",
        texts=((4, "We brew &amp; <em>taste</em>."), (1, f"Leaf w{number}w stands here. {note}")),
        filters=(("tea", tea), ("odd", str(number % 2))),
    )


PAPERS = [paper(number) for number in range(COUNT)]


def unchanged(page: SearchDocument) -> SearchDocument:
    return page


def outputs(papers: Iterable[SearchDocument]) -> list[Output[SearchDocument]]:
    return [Output(page.url, unchanged, (page,)) for page in papers]


def build_index(folder: Path, papers: Iterable[SearchDocument]) -> int:
    """Index into `folder/site` with the cache of earlier calls; return the number of parts indexed anew."""
    pages, cache = outputs(papers), folder / "cache"
    (folder / "site").mkdir(parents=True, exist_ok=True)
    before = {file: file.stat().st_ino for file in cache.glob("part-*")}
    index(folder / "site", IndexPlan(pages, fingerprint.of_inputs(pages), "en", Cache(cache)))
    return sum(before.get(file) != file.stat().st_ino for file in cache.glob("part-*"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


def from_scratch(folder: Path, papers: Iterable[SearchDocument]) -> dict[str, bytes]:
    shutil.rmtree(folder, ignore_errors=True)
    build_index(folder, papers)
    return files(folder / "site")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    build_index(folder, PAPERS)
    (folder / "site/index.html").write_text(HOME)
    return folder / "site"


def test_parts_are_bounded_and_an_insertion_moves_few_boundaries() -> None:
    before = [tuple(chunk) for chunk in split(outputs(PAPERS))]
    after = [tuple(chunk) for chunk in split(outputs([paper(-1), *PAPERS]))]
    assert len(before) > 1
    assert sum(before, ()) == tuple(outputs(PAPERS))
    assert before[1:] == after[1:]
    assert max(map(len, split(outputs(map(paper, range(20_000)))))) <= 1000


def test_merged_parts_are_what_pagefind_makes_of_all_pages_at_once(site: Path) -> None:
    at_once = pagefind.index([(page.url, page_html(page, "en")) for page in PAPERS])
    assert part.parse(files(site / "pagefind")) == part.parse(at_once)


def test_only_changed_parts_are_indexed_again_and_the_bytes_are_those_from_scratch(tmp_path: Path) -> None:
    count = len(list(split(outputs(PAPERS))))
    assert build_index(tmp_path, PAPERS) == count
    assert build_index(tmp_path, PAPERS) == 0
    edited = [*PAPERS[:5], paper(5, "More words."), *PAPERS[6:]]
    assert build_index(tmp_path, edited) == 1
    assert len(list((tmp_path / "cache").glob("part-*"))) == count
    assert files(tmp_path / "site") == from_scratch(tmp_path / "other", edited)


def test_a_new_site_is_filled_from_the_cache(tmp_path: Path) -> None:
    build_index(tmp_path, PAPERS)
    before = files(tmp_path / "site")
    shutil.rmtree(tmp_path / "site")
    assert build_index(tmp_path, PAPERS) == 0
    assert files(tmp_path / "site") == before


def test_a_truncated_cache_is_filled_again(tmp_path: Path) -> None:
    build_index(tmp_path, PAPERS)
    before = files(tmp_path / "site")
    for file in (tmp_path / "cache").iterdir():
        file.write_bytes(file.read_bytes()[:100])
    shutil.rmtree(tmp_path / "site")
    assert build_index(tmp_path, PAPERS) == len(list(split(outputs(PAPERS))))
    assert files(tmp_path / "site") == before


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.text(string.ascii_letters + "éèß '-<&", max_size=12))))
def test_after_any_edits_the_bytes_are_those_from_scratch(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("edits")
    papers = {number: paper(number) for number in range(30)}
    for number, note in edits:
        if papers.pop(number, None) is None or note:
            papers[number] = paper(number, note.replace("<", "&lt;"))
        build_index(folder, papers.values())
    build_index(folder, papers.values())
    assert files(folder / "site") == from_scratch(folder / "again", papers.values())


def test_without_a_page_there_is_no_index(tmp_path: Path) -> None:
    build_index(tmp_path, PAPERS[:1])
    assert build_index(tmp_path, []) == 0
    assert not (tmp_path / "site/pagefind").exists()


def test_only_what_the_search_loads_is_shipped(site: Path) -> None:
    assert {path.name for path in (site / "pagefind").glob("*.*")} >= {"pagefind.js", "pagefind-worker.js"}
    assert len(list((site / "pagefind").glob("*.*"))) == 5
    assert len(list(site.glob("pagefind/fragment/*/*"))) == COUNT


def test_a_browser_finds_a_paper_of_every_part(
    site: Path, serve_site: Callable[..., str], page: Page
) -> None:
    page.goto(serve_site(site, "https://example.org/"))
    for chunk in split(outputs(PAPERS)):
        number = chunk[len(chunk) // 2].path.split("/")[1]
        ((url, title, date, excerpt),) = page.evaluate(SEARCH, [f"w{number}w", {}])
        assert url == f"/papers/{number}/"
        assert title == f"Study {number} of {TEAS[int(number) % len(TEAS)]}"
        assert date == f"{int(number) % 28 + 1} March 2024"
        assert f"<mark>w{number}w</mark>" in excerpt


def test_a_browser_counts_and_filters_over_all_parts(
    site: Path, serve_site: Callable[..., str], page: Page
) -> None:
    page.goto(serve_site(site, "https://example.org/"))
    assert len(page.evaluate(SEARCH, ["oolong", {}])) == COUNT / len(TEAS)
    odd = page.evaluate(SEARCH, ["oolong", {"filters": {"odd": "1"}}])
    assert {int(url.split("/")[-2]) for url, *_ in odd} == set(range(9, COUNT, 18))
    counts = page.evaluate(COUNT_FILTERS)
    assert counts == {"tea": dict.fromkeys(TEAS, 100), "odd": {"0": 450, "1": 450}}


def test_a_pagefind_that_ends_early_is_a_failure_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: str(program))
    with pytest.raises(GeneratorError, match="ended before it was done"):
        build_index(tmp_path, PAPERS[:1])
