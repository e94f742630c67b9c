"""Paths within the site, and links between them."""

import posixpath

from hypothesis import given
from hypothesis import strategies as st

from papershelf.core import urls

FOLDERS = st.lists(st.sampled_from(["a", "ab", "b", "topics", "2024", "x-1"]), max_size=4)
PAGES = FOLDERS.map(lambda folders: "/".join([*folders, "index.md"]))
FILES = st.tuples(FOLDERS, st.sampled_from(["index.md", "new.xml", "Logo.SVG", "a b.md"])).map(
    lambda parts: "/".join([*parts[0], parts[1]])
)
TAILS = st.sampled_from(["", "#top", "?x=1", "?x=1#y z"])


@given(PAGES, FILES)
def test_a_relative_link_is_the_shortest_one_that_leads_there(page: str, file: str) -> None:
    assert urls.relative(page, file) == posixpath.relpath(file, posixpath.dirname(page) or ".")


@given(PAGES, FILES, TAILS)
def test_the_target_of_a_link_keeps_the_anchor_and_drops_the_query(page: str, file: str, tail: str) -> None:
    anchor = tail.partition("#")[2]
    leads_to = f"{file}#{anchor}" if anchor else file
    assert urls.target(page, urls.relative(page, file) + tail) == leads_to
    from_root = "../" * page.count("/") + file
    assert urls.target(page, from_root + tail) == leads_to


@given(PAGES)
def test_the_address_of_a_page_is_its_folder(page: str) -> None:
    folder = posixpath.dirname(page)
    assert urls.address(page) == (f"{folder}/" if folder else "")
    assert urls.numbered(page, 1) == page
    if folder:
        assert urls.numbered(page, 2) == f"{folder}/2/index.md"
