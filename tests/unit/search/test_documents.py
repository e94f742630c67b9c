"""Every paper is in the search index, whatever its title and texts are made of."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papershelf.core.problems import GeneratorError
from papershelf.search import parts_cache
from papershelf.search.documents import SearchDocument, page_html

SIGNS = "\u221e\u2026!?-_+=*/\u2013\u201c\u201d\u00ab\u00bb\u0301\u200b\u200d\ufe0f\u00ad\u2603\u4e00a1&<> \n"
titles = st.one_of(st.text(SIGNS, min_size=1, max_size=4), st.text(min_size=1, max_size=3))
texts = st.lists(
    st.tuples(
        st.sampled_from([1, 2, 4]),
        st.one_of(st.just(""), titles.map(escape), titles.map(lambda text: f"<p><b>{escape(text)}</b></p>")),
    ),
    max_size=3,
).map(tuple)


def html(documents: list[SearchDocument]) -> list[tuple[str, str]]:
    return [(document.url, page_html(document, "en")) for document in documents]


def test_every_paper_is_in_the_index_also_one_without_a_word() -> None:
    documents: list[SearchDocument] = []

    @settings(max_examples=1500)
    @given(titles, texts)
    def collect(title: str, of: tuple[tuple[int, str], ...]) -> None:
        documents.append(SearchDocument(f"papers/{len(documents)}/", title, "undated", of))

    collect()
    assert len(parts_cache.indexed(html(documents)).lengths) == len(documents) >= 1500


def test_a_page_that_the_index_lacks_is_an_error() -> None:
    pages = [
        *html([SearchDocument("papers/1/", "Tea", "undated")]),
        ("papers/2/", "<html><body></body></html>"),
    ]
    with pytest.raises(GeneratorError, match="1 of 2 pages"):
        parts_cache.indexed(pages)
