"""The search index, made by the real Pagefind and asked in a real browser."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.search import Indexed, index
from generator.write import write_tree

TEAS = ("oolong", "sencha", "assam", "matcha", "rooibos", "darjeeling", "lapsang")
ASK = """async ([words, options]) => {
    const pagefind = await import(new URL("pagefind/pagefind.js", location))
    const found = await pagefind.search(words, options)
    const pages = await Promise.all(found.results.map((result) => result.data()))
    return pages.map((page) => [page.url, page.meta.title, page.meta.date, page.excerpt])
}"""
FILTERS = """async () => (await import(new URL("pagefind/pagefind.js", location))).filters()"""


def paper(number: int) -> str:
    tea = TEAS[number % 7]
    return f"""<!doctype html><html lang="en"><head><title>{number}</title></head><body>
        <nav>samovar</nav>
        <main data-pagefind-body><h1>Study {number} of {tea}</h1>
        <time data-pagefind-meta="date" data-pagefind-sort="date">2024-01-{number + 1:02}</time>
        <i data-pagefind-sort="comments">{number * 7 % 10}</i>
        <span data-pagefind-filter="tea">{tea}</span><span data-pagefind-filter="odd">{number % 2}</span>
        <p>We brew leaf {number}.</p></main></body></html>"""


def make_site(folder: Path, numbers: range) -> Path:
    """Pages that are to be found, written in the order given, and a home page that is not."""
    write_tree(folder, [(f"papers/{n}/index.html", paper(n)) for n in numbers])
    home = '<!doctype html><html lang="en"><head><link rel="icon" href="data:,"><title>Home</title></head>'
    (folder / "index.html").write_text(f"{home}<body>brew samovar</body></html>")
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_site(tmp_path_factory.mktemp("search") / "site", range(28))
    index(folder)
    return folder


def test_the_counts_are_given(tmp_path: Path) -> None:
    page = "<body>unseen <main data-pagefind-body><h1>Green tea</h1>Green leaf</main></body>"
    write_tree(tmp_path, [("index.html", f'<html lang="en">{page}</html>')])
    assert index(tmp_path) == Indexed(pages=1, words=3)


def test_the_same_pages_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    for number in range(4):
        again = make_site(tmp_path / f"site {number}", range(27, -1, -1))
        index(again)
        names = [{p.relative_to(s).as_posix(): p.read_bytes() for p in s.rglob("*.*")} for s in (site, again)]
        assert names[0] == names[1]


def test_indexing_again_leaves_nothing_of_the_last_time(tmp_path: Path) -> None:
    folder = make_site(tmp_path / "site", range(5))
    index(folder)
    shutil.rmtree(folder / "papers/3")
    assert index(folder).pages == 4
    assert len(list(folder.glob("pagefind/fragment/*"))) == 4


def test_no_page_to_find_gives_no_index_and_no_failure(tmp_path: Path) -> None:
    folder = make_site(tmp_path / "site", range(1))
    index(folder)
    shutil.rmtree(folder / "papers")
    assert index(folder) == Indexed(pages=0, words=0)
    assert not (folder / "pagefind").exists()


def test_only_what_the_search_loads_is_shipped(site: Path) -> None:
    scripts = {path.name for path in (site / "pagefind").glob("*.*") if path.suffix in {".js", ".css"}}
    assert scripts == {"pagefind.js", "pagefind-worker.js"}


def test_a_browser_finds_filters_and_sorts(site: Path, serve_site: Callable[..., str], page: Page) -> None:
    page.goto(serve_site(site))
    found = page.evaluate(ASK, ["oolong", {"sort": {"date": "desc"}}])
    assert [title for _, title, _, _ in found] == [f"Study {n} of oolong" for n in (21, 14, 7, 0)]
    assert found[0][0].endswith("/papers/21/")
    assert found[0][2] == "2024-01-22"
    assert "<mark>oolong" in found[0][3]
    by_comments = page.evaluate(ASK, ["oolong", {"sort": {"comments": "asc"}}])
    assert [title.split()[1] for _, title, _, _ in by_comments] == ["0", "21", "14", "7"]
    odd = page.evaluate(ASK, ["oolong", {"filters": {"odd": "1"}}])
    assert {title.split()[1] for _, title, _, _ in odd} == {"7", "21"}
    assert page.evaluate(ASK, ["samovar", {}]) == []
    assert page.evaluate(FILTERS) == {"tea": dict.fromkeys(TEAS, 4), "odd": {"0": 14, "1": 14}}
