import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.citations import csl
from papershelf.core.model import Paper, WorkType
from papershelf.core.partial_date import PartialDate
from papershelf.sources.csl_json import READER
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from papershelf.sources.readers import READERS, detect
from papershelf.text import clean, plain
from support.fabricated import PAPERS

FILE = "shelf.json"
ITEM: dict[str, Any] = {
    "id": "http://zotero.org/users/1/items/TEA",
    "type": "article-journal",
    "title": "How Long to Steep",
    "abstract": "We wait.",
    "container-title": "Journal of Tea",
    "author": [
        {"family": "Kettle", "given": "Ada"},
        {"family": "Cup", "given": "Ce", "non-dropping-particle": "van der"},
        {"family": "Spoon", "given": "Di", "suffix": "Jr."},
        {"literal": "Tea Board"},
        {"family": "Plato"},
    ],
    "issued": {"date-parts": [["2024", 9, 30]]},
    "DOI": "10.1000/tea_1",
    "URL": "https://example.org/tea",
    "keyword": "tea, kettles",
}
ENTRY = Entry(
    line=1,
    title="How Long to Steep",
    abstract="We wait.",
    venue="Journal of Tea",
    authors=("Kettle, Ada", "van der Cup, Ce", "Di Spoon Jr.", "{Tea Board}", "Plato"),
    published=PartialDate(2024, 9, 30),
    doi="10.1000/tea_1",
    url="https://example.org/tea",
    categories=("tea", "kettles"),
    type="article",
)


def read(source: str) -> ParsedDocument:
    return READER.read(source, FILE, ReadOptions())


def one(source: str) -> Entry:
    """The only entry of a document in which nothing is wrong."""
    parsed = read(source)
    assert not parsed.problems
    (entry,) = parsed.entries
    return entry


def item(**changes: object) -> Entry:
    return one(json.dumps([{"type": "article-journal", "title": "Tea"} | changes]))


@pytest.mark.parametrize(
    "wrap", [lambda x: [x], lambda x: x, lambda x: {"items": [x]}, lambda x: {"references": [x]}]
)
def test_an_item_is_read_with_all_that_it_says(wrap: Callable[[object], object]) -> None:
    source = json.dumps(wrap(ITEM))
    assert detect("\ufeff" + source, READERS) is READER
    assert one("\ufeff" + source) == ENTRY


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [[2024]]}, "2024"),
        ({"date-parts": [["2024", "9"]]}, "2024-09"),
        ({"date-parts": [[2024, 9, 30], [2024, 10, 1]]}, "2024-09-30"),
        ({"date-parts": [[2024, 9, 31]]}, "2024-09"),
        ({"raw": "2024-09"}, "2024-09"),
        ({"literal": "September 2024"}, "2024-09"),
        ({"date-parts": [[2024]], "literal": "2024-09-30"}, "2024-09-30"),
        ("2024-09-30", "2024-09-30"),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": []}, None),
        ({}, None),
        (None, None),
    ],
)
def test_a_date_is_as_precise_as_the_item(issued: object, expected: str | None) -> None:
    assert item(issued=issued).published == (PartialDate.parse(expected) if expected else None)


@pytest.mark.parametrize(
    "fields",
    [
        {"note": "arXiv: 2101.00001 [cs]"},
        {"note": "Comment: 9 pages\narXiv:2101.00001"},
        {"number": "arXiv:2101.00001"},
        {"archive": "arXiv", "archive_location": "2101.00001"},
        {"publisher": "arXiv", "archive_location": "arXiv:2101.00001"},
        {"container-title": "arXiv:2101.00001 [cs]"},
        {"URL": "http://arxiv.org/abs/2101.00001"},
        {"DOI": "10.48550/arXiv.2101.00001"},
    ],
)
def test_an_arxiv_id_is_found_wherever_programs_write_it(fields: dict[str, str]) -> None:
    found = item(**fields)
    assert (found.arxiv, found.type, found.venue) == ("2101.00001", "preprint", None)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("The <i>E. coli</i> Tea", "The *E. coli* Tea"),
        ("H<sub>2</sub>O and x<sup>2</sup>", "H₂O and x²"),
        ('<span class="nocase">de novo</span> Tea', "de novo Tea"),
        ('<span style="font-variant:small-caps;">Tea</span> <b>now</b>', "Tea **now**"),
        ("<i>On <sub>2</sub> Teas</i>", "*On ₂ Teas*"),
        ("If a < b and c > d", "If a < b and c > d"),
        ("An <i>open tag", "An open tag"),
    ],
)
def test_html_in_titles_is_shown_as_it_is_meant(title: str, shown: str) -> None:
    assert clean(item(title=title).title) == shown


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("article-journal", "article"),
        ("journal-article", "article"),
        ("paper-conference", "inproceedings"),
        ("chapter", "incollection"),
        ("book", "book"),
        ("thesis", "thesis"),
        ("report", "report"),
        ("article", "preprint"),
        ("dataset", "dataset"),
        ("software", "software"),
        ("webpage", "misc"),
    ],
)
def test_the_type_of_an_item_is_the_sort_of_work(kind: str, expected: WorkType) -> None:
    assert item(type=kind).type == expected


def test_what_is_no_item_is_reported_with_its_line_and_the_rest_is_read() -> None:
    parsed = read(
        '[\n{"type": "book", "title": "Tea", "issued": {}},\n{"x": 1},\n7,\n{"type": "book", "DOI": "x"}]'
    )
    assert [(each.line, each.title) for each in parsed.entries] == [(2, "Tea"), (5, "")]
    assert [str(problem) for problem in parsed.problems] == [
        f"{FILE}:3: this object is no item of CSL-JSON; skipped (an item has a type and a title)",
        f"{FILE}:5: warning: “x” is no DOI; left out (a DOI is “10.1000/182”)",
    ]


@pytest.mark.parametrize(
    ("source", "mismatch"),
    [
        ("", "is no JSON"),
        ("@misc{a, title = {Tea}}", "is no JSON"),
        ("[1, 2]", "has no object with a type of CSL"),
        ("[", "has no object with a type of CSL"),
        (
            '[{"id": "https://openalex.org/W1", "type": "article", "title": "Tea", "doi": "x"}]',
            "has no object",
        ),
        ('{"message": {"items": [{"type": "journal-article", "title": ["Tea"]}]}}', "has no object"),
        ('[{"type": "journal-article", "title": ["Tea"], "DOI": "10.1000/x"}]', "has no object"),
        ('[{"type": ["book"], "title": "Tea", "DOI": "10.1000/x"}]', "has no object"),
        ('[{"title": "Tea", "authors": [{"name": "Ada"}], "paperId": "1"}]', "has no object"),
    ],
)
def test_other_formats_are_not_recognised(source: str, mismatch: str) -> None:
    assert READER.mismatch(source).startswith(mismatch)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_what_we_write_is_read_back(paper: Paper) -> None:
    written = csl(replace(paper, url="https://example.org/tea"), "key")
    found = one(f"[{written.model_dump_json(by_alias=True, exclude_none=True)}]")
    assert found.title == plain(paper.title)
    assert (found.arxiv, found.doi, len(found.authors)) == (paper.arxiv, paper.doi, len(paper.authors))
    assert found.published == paper.published


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["", "2024", "x", "arXiv:2101.00001", "<i>x</i>"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*ITEM, "family", "given", "literal", "date-parts", "raw"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(st.sampled_from([*ITEM, "note", "number", "archive", "publisher"]), VALUES, max_size=8)
)
def test_no_item_raises_an_exception(fields: dict[str, object]) -> None:
    source = json.dumps([fields, {"items": fields}])
    READER.mismatch(source)
    read(source)
    read(source[:-9])
