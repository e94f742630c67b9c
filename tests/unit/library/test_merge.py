"""Records of one work are merged into one paper without loss, whatever the order of the files."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.content.records import PlacedRecord, RecordFile
from papershelf.core.fields import FIELDS
from papershelf.core.model import Link, Listing, Paper, Record
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location
from papershelf.library.merge import merge
from papershelf.text import links
from support.contents import listing
from support.people import named
from support.strategies import partial_dates

WORDS = st.sampled_from(["Steeping", "Kettles", "A Cup of Light", "On Leaves"])
LINKS = st.sampled_from(
    [
        Link(url="https://github.com/teapot/steep", kind="repository"),
        Link(url="https://github.com/Teapot/Steep", kind="repository", official=True),
        Link(url="https://tea.example.org/", kind="project"),
        Link(url="https://huggingface.co/datasets/teapot/leaves", kind="dataset", official=False),
    ]
)
VALUES = {
    "title": WORDS,
    "abstract": st.none() | WORDS,
    "summary": st.none() | WORDS,
    "authors": st.lists(st.sampled_from(["Ada Kettle", "Bo Leaf"]), max_size=2).map(tuple),
    "more_authors": st.booleans(),
    "author_count": st.none() | st.integers(0, 9),
    "published": st.none() | partial_dates(2020, 2024),
    "comments": st.none() | st.integers(0, 9),
    "upvotes": st.none() | st.integers(0, 9),
    "arxiv": st.none() | st.sampled_from(["2401.00001", "2401.00002"]),
    "doi": st.none() | st.sampled_from(["10.1000/a", "10.1000/A", "10.1000/b"]),
    "openreview": st.none() | st.sampled_from(["abc", "xyz"]),
    "url": st.none() | st.just("https://example.org/paper"),
    "pdf": st.none() | st.just("https://example.org/paper.pdf"),
    "code": st.lists(LINKS, max_size=3).map(tuple),
    "venue": st.none() | WORDS,
    "type": st.sampled_from([None, "article", "preprint"]),
    "categories": st.lists(WORDS, max_size=2).map(tuple),
    "inferred": st.sampled_from([(), ("published",)]),
}
PLAIN = sorted(VALUES.keys() - {"code", "inferred", "more_authors"})


@st.composite
def record_files(draw: st.DrawFn) -> list[RecordFile]:
    """One to four listings with different capture dates, whose records often are of the same work."""
    ids = st.sampled_from(["steep", "steep-2", "kettle", "cup"])
    days = draw(
        st.lists(
            st.none() | st.dates(date(1000, 1, 1), date(2099, 12, 31)), min_size=1, max_size=4, unique=True
        )
    )
    return [
        _file(draw, f"listing-{n}", day, draw(st.lists(ids, max_size=4, unique=True)))
        for n, day in enumerate(days)
    ]


def _file(draw: st.DrawFn, name: str, day: date | None, ids: Sequence[str]) -> RecordFile:
    made = (
        Record(id=paper_id, position=place, **{field: draw(values) for field, values in VALUES.items()})
        for place, paper_id in enumerate(ids, start=1)
    )
    placed = (PlacedRecord(record, Location(f"{name}.jsonl", record.position + 1)) for record in made)
    return RecordFile(Listing(id=name, title=name, format="test", captured=day), tuple(placed), name)


def test_every_field_of_a_record_is_tried_here() -> None:
    assert VALUES.keys() == {field.record for field in FIELDS if field.record} | {"inferred"}


def by_id(papers: Sequence[Paper]) -> dict[str, Paper]:
    return {paper.id: paper for paper in papers}


@given(record_files())
def test_the_order_of_the_files_changes_nothing(files: list[RecordFile]) -> None:
    first = by_id(merge(files))

    assert all(by_id(merge(order)) == first for order in permutations(files))


@given(record_files())
def test_every_record_is_in_one_paper_and_loses_no_field(files: list[RecordFile]) -> None:
    papers = merge(files)
    homes = {name: paper for paper in papers for name in (paper.id, *paper.former_ids)}

    assert sum(len(paper.appearances) for paper in papers) == sum(len(file.records) for file in files)
    assert len(homes) == sum(1 + len(paper.former_ids) for paper in papers)
    for record in (placed.record for file in files for placed in file.records):
        home = homes[record.id]
        for field in PLAIN:
            if getattr(record, field) not in (None, ()):
                assert getattr(home, field) not in (None, ())
                assert field in home.origin
        known = {links.key(link.url): link for link in home.links}
        for link in record.code:
            assert links.key(link.url) in known
            assert link.official is None or known[links.key(link.url)].official is not None


@given(record_files())
def test_records_with_a_common_identity_are_one_paper(files: list[RecordFile]) -> None:
    homes: dict[tuple[str, str], str] = {}
    for paper in merge(files):
        ids = {paper.id, *paper.former_ids}
        for record in (placed.record for file in files for placed in file.records):
            if record.id in ids:
                for kind in ("arxiv", "doi", "openreview"):
                    if value := getattr(record, kind):
                        assert homes.setdefault((kind, value.casefold()), paper.id) == paper.id


@given(record_files())
def test_each_value_stands_in_the_record_that_its_origin_names(files: list[RecordFile]) -> None:
    placed = {each.at: each.record for file in files for each in file.records}
    for paper in merge(files):
        for field in PLAIN:
            if field in paper.origin and not (field == "published" and paper.is_dated_by_arxiv):
                assert getattr(placed[paper.origin[field]], field) == getattr(paper, field)


def test_the_newest_capture_that_has_a_value_wins() -> None:
    old = listing("old", "2024-01-01", {"title": "Steep", "comments": 1, "venue": "Old Tea"})
    new = listing("new", "2024-02-01", {"title": "Steep", "comments": 5})
    undated = listing("undated", None, {"title": "Steep", "comments": 9, "upvotes": 7})

    (paper,) = merge([undated, new, old])

    assert (paper.comments, paper.venue, paper.upvotes) == (5, "Old Tea", 7)


def test_a_list_of_all_authors_wins_over_one_that_is_cut() -> None:
    whole = listing("old", "2024-01-01", {"title": "Steep", "authors": ["Ada Kettle", "Bo Leaf"]})
    cut = listing("new", "2024-02-01", {"title": "Steep", "authors": ["A. Kettle"], "more_authors": True})

    (paper,) = merge([whole, cut])
    (alone,) = merge([cut])

    assert (paper.authors, paper.more_authors) == (named("Ada Kettle", "Bo Leaf"), False)
    assert paper.origin["authors"].file == "content/papers/old.jsonl"
    assert (alone.authors, alone.more_authors) == (named("A. Kettle"), True)


def test_authors_get_the_orcid_that_another_record_knows() -> None:
    known = {"name": "Kettle, Ada", "orcid": "0000-0002-1825-0097"}
    twins = {"name": "Bo Leaf", "orcid": "0000-0002-1694-233X"}
    old = listing("old", "2024-01-01", {"title": "Steep", "authors": [known, twins]})
    new = listing("new", "2024-02-01", {"title": "Steep", "authors": ["Ada Kettle", "Bo Leaf", "Bo Leaf"]})

    (paper,) = merge([old, new])

    assert [author.orcid for author in paper.authors] == ["0000-0002-1825-0097", None, None]


def test_facts_complete_the_papers_of_editions_and_add_none() -> None:
    old = listing("old", "2024-01-01", {"title": "Steep", "arxiv": "2401.00001", "venue": "Old Tea"})
    facts = listing(
        "known",
        "2025-01-01",
        {"title": "Steeping, Revised", "arxiv": "2401.00001", "venue": "New Tea", "authors": ["Ada Kettle"]},
        {"title": "In No Edition"},
        role="facts",
    )

    (paper,) = merge([facts, old])

    assert (paper.id, paper.title, paper.venue) == ("steep", "Steep", "Old Tea")
    assert (paper.authors, paper.origin["authors"].file) == (
        named("Ada Kettle"),
        "content/papers/known.jsonl",
    )
    assert ([each.listing for each in paper.appearances], paper.former_ids) == (["old"], ())


def test_a_written_date_wins_over_a_newer_inferred_one() -> None:
    old = listing("old", "2024-01-01", {"title": "Steep", "published": "2023-05-06"})
    new = listing(
        "new", "2024-02-01", {"title": "Steep", "published": "2024-05-06", "inferred": ["published"]}
    )

    (paper,) = merge([old, new])

    assert paper.published == PartialDate(2023, 5, 6)
    assert not paper.published_inferred


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2023", "2023-05-06", "2023-05"], "2023-05-06"),
        (["2023-05", "2022-11-03"], "2022-11-03"),
        (["2023-05-06", "2023-05-07"], "2023-05-07"),
        (["2023", "2024"], "2024"),
    ],
)
def test_the_most_precise_date_wins_then_the_newest(dates: Sequence[str], expected: str) -> None:
    files = [
        listing(f"n{number}", f"2024-01-0{number}", {"title": "Steep", "published": day})
        for number, day in enumerate(dates, start=1)
    ]

    assert [str(paper.published) for paper in merge(files)] == [expected]


@pytest.mark.parametrize(
    ("facts", "expected"), [("2023-05-06", "2023-05-06"), ("2022-05-06", "2023"), ("2023", "2023")]
)
def test_facts_complete_the_date_of_an_edition_and_do_not_replace_it(facts: str, expected: str) -> None:
    edition = listing("edition", "2024-01-01", {"title": "Steep", "published": "2023"})
    more = listing("more", "2024-02-01", {"title": "Steep", "published": facts}, role="facts")

    assert [str(paper.published) for paper in merge([edition, more])] == [expected]


def test_a_written_year_wins_over_an_inferred_day() -> None:
    year = listing("year", "2024-01-01", {"title": "Steep", "published": "2023"})
    day = listing("day", None, {"title": "Steep", "published": "2023-05-06", "inferred": ["published"]})

    (paper,) = merge([year, day])

    assert (str(paper.published), paper.published_inferred) == ("2023", False)


@pytest.mark.parametrize(
    ("arxiv", "expected"),
    [("2305.01234", "2023-05"), ("cs/0112017", "2001-12"), ("hep-th/9108001", "1991-08")],
)
def test_a_paper_without_date_has_the_month_of_its_arxiv_id(arxiv: str, expected: str) -> None:
    file = listing("tea", None, {"title": "Steep"}, {"title": "Steep, Again", "id": "steep", "arxiv": arxiv})

    (paper,) = merge([file])

    assert (str(paper.published), paper.published_inferred) == (expected, True)
    assert paper.is_dated_by_arxiv
    assert paper.origin["published"] == paper.origin["arxiv"]


def test_any_date_that_is_given_wins_over_the_arxiv_id() -> None:
    given_year = {"title": "Steep", "arxiv": "2305.01234", "published": "2024"}

    (paper,) = merge([listing("tea", None, given_year)])

    assert (str(paper.published), paper.is_dated_by_arxiv) == ("2024", False)


def test_identities_chain() -> None:
    a = listing("a", "2024-01-01", {"title": "Steep", "arxiv": "2401.00001"})
    b = listing("b", "2024-01-02", {"title": "Steeping", "arxiv": "2401.00001", "doi": "10.1000/Tea"})
    c = listing("c", "2024-01-03", {"title": "To Steep", "doi": "10.1000/tea"})

    (paper,) = merge([c, a, b])

    assert (paper.id, paper.former_ids) == ("steep", ("steeping", "to-steep"))
    assert paper.title == "To Steep"


def test_the_doi_that_arxiv_gives_is_the_arxiv_id() -> None:
    a = listing("a", "2024-01-01", {"title": "Steep", "arxiv": "2401.00001"})
    b = listing("b", "2024-01-02", {"title": "Steeping", "doi": "10.48550/arXiv.2401.00001"})

    (paper,) = merge([a, b])
    (alone,) = merge([b])

    assert (paper.arxiv, paper.doi, paper.former_ids) == ("2401.00001", None, ("steeping",))
    assert (alone.arxiv, alone.doi) == ("2401.00001", None)


PREPRINT = {
    "title": "On Steeping",
    "id": "steeping",
    "arxiv": "2401.00001",
    "authors": ["Ada Kettle", "Bo Leaf"],
    "published": "2024-01-05",
    "venue": "arXiv preprint",
    "type": "preprint",
}
PRINTED = {
    "title": "On steeping.",
    "id": "steeping-printed",
    "doi": "10.1000/tea",
    "authors": ["Kettle, A.", "Leaf, B."],
    "published": "2024-07-21",
    "venue": "ICML 2024",
    "type": "inproceedings",
}


def test_a_preprint_and_its_printed_version_are_one_whichever_is_newer() -> None:
    for days in (("2024-02-01", "2024-08-01"), ("2024-08-01", "2024-02-01")):
        preprint, printed = listing("a", days[0], PREPRINT), listing("b", days[1], PRINTED)

        (paper,) = merge([preprint, printed])

        assert (paper.arxiv, paper.doi) == ("2401.00001", "10.1000/tea")
        assert (paper.venue, paper.type) == ("ICML 2024", "inproceedings")
        assert paper.published == PartialDate(2024, 1, 5)
        assert paper.origin["venue"] == paper.origin["type"] == printed.records[0].at
        assert paper.origin["published"] == preprint.records[0].at


@pytest.mark.parametrize(
    ("preprint", "printed", "expected"),
    [("2024-01", "2024-07-21", "2024-01"), ("2024", "2024-07-21", "2024"), (None, "2024", "2024")],
)
def test_the_date_of_a_preprint_counts_even_if_it_is_less_precise(
    preprint: str | None, printed: str, expected: str
) -> None:
    files = [
        listing("a", "2024-08-01", PREPRINT | {"published": preprint}),
        listing("b", "2024-09-01", PRINTED | {"published": printed}),
    ]

    assert [str(paper.published) for paper in merge(files)] == [expected]


def test_equal_titles_alone_make_no_printed_version_of_a_preprint() -> None:
    preprint = listing("a", "2024-02-01", PREPRINT)
    changes: list[dict[str, object]] = [
        {"authors": []},
        {"authors": ["Cy Cup", "Di Jar"]},
        {"title": "On Steeping++"},
    ]
    for change in changes:
        assert len(merge([preprint, listing("b", "2024-08-01", PRINTED | change)])) == 2


def test_a_preprint_with_two_printed_versions_is_left_to_the_curator() -> None:
    second = PRINTED | {"id": "steeping-in-journal", "doi": "10.1000/tea-2"}

    assert len(merge([listing("a", "2024-02-01", PREPRINT, PRINTED, second)])) == 3


def test_what_a_curator_holds_apart_is_not_joined_by_anything() -> None:
    files = [listing("a", "2024-02-01", PREPRINT), listing("b", "2024-08-01", PRINTED)]
    same_doi = [listing("a", "2024-02-01", PREPRINT | {"doi": "10.1000/TEA"}), files[1]]
    apart = frozenset({frozenset({"steeping", "steeping-printed"})})

    assert [paper.id for paper in merge(files, {}, apart)] == ["steeping", "steeping-printed"]
    assert [paper.id for paper in merge(same_doi, {}, apart)] == ["steeping", "steeping-printed"]


def test_the_id_of_the_earliest_capture_stays_when_a_listing_is_added() -> None:
    first = listing("z", "2024-01-01", {"title": "Steep", "arxiv": "2401.00001"})
    later = listing("a", "2024-01-02", {"title": "Steeping", "arxiv": "2401.00001"})

    assert [paper.id for paper in merge([first])] == [paper.id for paper in merge([later, first])]


def test_a_curator_chooses_the_id_even_along_a_chain() -> None:
    a = listing("a", "2024-01-01", {"title": "Steep", "arxiv": "2401.00001"})
    b = listing("b", "2024-01-02", {"title": "Steeping", "arxiv": "2401.00001"})
    c = listing("c", "2024-01-03", {"title": "Infusion"})
    d = listing("d", "2024-01-04", {"title": "Tea"})

    (paper,) = merge([a, b, c, d], {"steep": "infusion", "infusion": "tea"})

    assert (paper.id, paper.former_ids) == ("tea", ("infusion", "steep", "steeping"))


def test_a_link_keeps_who_published_it() -> None:
    here = {"url": "https://github.com/teapot/steep", "kind": "repository"}
    old = listing("old", "2024-01-01", {"title": "Steep", "code": [here | {"official": True}]})
    new = listing("new", "2024-02-01", {"title": "Steep", "code": [here]})

    (paper,) = merge([old, new])

    assert [link.official for link in paper.links] == [True]
    assert paper.origin["links https://github.com/teapot/steep"] == old.records[0].at
