"""Curation over records: what a curator says stands, whatever is imported over it."""

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from papershelf.content.curation import Decision
from papershelf.content.records import RecordFile
from papershelf.core.model import Link, Paper, Reference
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location
from papershelf.library.library import Library, build_library
from support.contents import content, listing
from support.people import named
from support.timing import processor_seconds

STEEP = {"title": "How Long to Steep", "arxiv": "2409.00001", "abstract": "We boil leaves in a kettle."}
KETTLE = {"title": "A Kettle for Two", "published": "2024-01-02"}
UNSORTED = "unsorted"
SHELF = listing("tea", "2024-10-02", STEEP, KETTLE, {"title": "Nothing but a Title"})

EVERYTHING: dict[str, Any] = {
    "paper": "how-long-to-steep",
    "summary": "Three minutes are enough.",
    "kind": "analysis",
    "note": "Read section *two*.",
    "topics": ["cups", "brewing"],
    "add_topics": ["kettles"],
    "drop_topics": ["brewing"],
    "tags": ["green tea"],
    "code": [{"url": "https://github.com/teapot/steep", "kind": "repository", "official": True}],
    "drop_code": ["https://github.com/wrong/code"],
    "links": [{"title": "Talk", "url": "https://example.org/talk"}],
    "title": "How Long to Steep?",
    "authors": ["Ada Kettle", "Leaf, Bo", "{Meta AI}"],
    "more_authors": False,
    "published": "2024-09-30",
    "venue": "Journal of Tea",
    "type": "report",
    "arxiv": "2409.12340",
    "doi": "10.1000/steep",
    "featured": True,
    "status": "read",
    "rating": 5,
    "difficulty": "advanced",
    "withdrawn": "The water was cold.",
    "slug": "steeping",
}
EXPECTED: dict[str, Any] = {
    "id": "steeping",
    "title": "How Long to Steep?",
    "summary": "Three minutes are enough.",
    "kind": "analysis",
    "note": "Read section *two*.",
    "topics": ("cups", "kettles"),
    "tags": ("green tea",),
    "references": (Reference(title="Talk", url="https://example.org/talk"),),
    "authors": named("Ada Kettle", "Leaf, Bo", "{Meta AI}"),
    "more_authors": False,
    "author_count": 3,
    "published": PartialDate(2024, 9, 30),
    "published_inferred": False,
    "venue": "Journal of Tea",
    "type": "report",
    "arxiv": "2409.12340",
    "doi": "10.1000/steep",
    "featured": True,
    "status": "read",
    "rating": 5,
    "difficulty": "advanced",
    "withdrawn": "The water was cold.",
}
OURS = Link(url="https://github.com/teapot/steep", kind="repository", official=True)
WRONG = "https://github.com/wrong/code"


def shelved(*files: RecordFile, decisions: str = "") -> Library:
    library, problems = build_library(content(files, decisions))
    assert not [problem for problem in problems if problem.severity == "error"], problems
    return library


TEXT = st.sampled_from(["Coffee", "Sugar in a Cup", "Milk", "Steeping in Kettles"])
IMPORTED = st.fixed_dictionaries(
    {"title": TEXT, "code": st.lists(st.sampled_from([OURS.url, WRONG]), min_size=1, unique=True)},
    optional={
        "abstract": TEXT,
        "summary": TEXT,
        "authors": st.just(["Ce Cup"]),
        "more_authors": st.booleans(),
        "author_count": st.integers(0, 99),
        "published": st.dates(date(1000, 1, 1), date(2099, 12, 31)).map(date.isoformat),
        "inferred": st.just(["published"]),
        "comments": st.integers(0, 99),
        "upvotes": st.integers(0, 99),
        "doi": st.just("10.1000/other"),
        "openreview": st.just("other"),
        "url": st.just("https://example.org/other"),
        "pdf": st.just("https://example.org/other.pdf"),
        "venue": TEXT,
        "type": st.just("book"),
        "categories": st.just(["cs.TEA"]),
    },
)


def test_every_field_of_a_decision_is_tried_here() -> None:
    """What is about other papers, or leaves none of its own, has tests below and in test_resolve."""
    assert EVERYTHING.keys() == Decision.model_fields.keys() - {"hide", "same_as", "different_from"}


@given(st.lists(IMPORTED, min_size=1, max_size=3), st.dates(date(2024, 10, 3), date(2030, 1, 1)))
def test_no_import_changes_a_curated_value(imports: list[dict[str, Any]], day: date) -> None:
    decisions = yaml.safe_dump([EVERYTHING], allow_unicode=True)
    newer = [
        listing(
            f"newer-{number}",
            day.isoformat(),
            entry
            | {"id": f"other-{number}" if number else "how-long-to-steep", "arxiv": "2409.00001"}
            | {"code": [{"url": url, "kind": "project"} for url in entry["code"]]},
        )
        for number, entry in enumerate(imports)
    ]
    first = listing("tea", "2024-10-02", STEEP | {"code": [{"url": WRONG, "kind": "repository"}]})

    for files in ([first], [first, *newer]):
        paper = shelved(*files, decisions=decisions).papers["steeping"]
        assert {name: getattr(paper, name) for name in EXPECTED} == EXPECTED
        assert paper.links == (OURS,)
        assert "how-long-to-steep" in paper.former_ids
        assert {paper.origin[name].file for name in ("title", "rating", "topics")} == {
            "content/curation/tea.yml"
        }


def test_decided_authors_may_be_the_first_of_those_that_were_counted() -> None:
    crowd = listing("tea", "2024-10-02", {"title": "Steep", "id": "steep", "author_count": 12})
    some = "- paper: steep\n  authors: [Ada Kettle, Bo Leaf et al.]\n"
    more = "- paper: steep\n  authors: [Ada Kettle]\n  more_authors: yes\n"

    for decisions, names in ((some, ("Ada Kettle", "Bo Leaf")), (more, ("Ada Kettle",))):
        paper = shelved(crowd, decisions=decisions).papers["steep"]
        assert (paper.authors, paper.more_authors, paper.author_count) == (named(*names), True, 12)


def test_an_import_adds_what_nobody_decided() -> None:
    newer = listing("newer", "2025-01-01", {"title": "How Long to Steep", "comments": 7})

    paper = shelved(SHELF, newer, decisions="- paper: how-long-to-steep\n  rating: 4\n").papers[
        "how-long-to-steep"
    ]

    assert (paper.rating, paper.comments, paper.abstract) == (4, 7, STEEP["abstract"])


def test_a_hidden_paper_is_nowhere() -> None:
    library = shelved(SHELF, decisions="- paper: how-long-to-steep\n  hide: It is about soup.\n")

    assert "how-long-to-steep" not in library.papers
    everywhere = (*library.in_topic.values(), *library.in_edition.values(), *library.in_repository.values())
    assert all("how-long-to-steep" not in ids for ids in everywhere)


@pytest.mark.parametrize(
    ("decision", "topics"),
    [
        ("rating: 3", ("brewing", "kettles")),
        ("topics: [cups]", ("cups",)),
        ("add_topics: [cups]", ("brewing", "kettles", "cups")),
        ("add_topics: [kettles]", ("brewing", "kettles")),
        ("drop_topics: [brewing]", ("kettles",)),
        ("drop_topics: [brewing, kettles]", ()),
        ("{topics: [cups], add_topics: [milk], drop_topics: [cups]}", ("milk",)),
    ],
)
def test_topics_are_found_replaced_added_and_dropped(decision: str, topics: tuple[str, ...]) -> None:
    fields = decision.strip("{}").replace("], ", "]\n  ")

    library = shelved(SHELF, decisions=f"- paper: how-long-to-steep\n  {fields}\n")

    assert library.papers["how-long-to-steep"].topics == topics
    assert ("how-long-to-steep" in library.in_topic[UNSORTED]) == (not topics)


def test_a_paper_that_nothing_matches_is_unsorted_and_said() -> None:
    library, problems = build_library(content([SHELF]))

    assert library.in_topic[UNSORTED] == ("nothing-but-a-title",)
    at = "content/papers/tea.jsonl:4"
    hint = "add a rule to content/topics.yml or decide its topics in content/curation"
    said = f"{at}: warning: no topic matches 'nothing-but-a-title' ({hint})"
    assert [str(problem) for problem in problems if str(problem.at) == at] == [said]


def test_links_are_added_told_anew_and_dropped() -> None:
    code = [
        {"url": "https://github.com/teapot/steep", "kind": "repository"},
        {"url": WRONG, "kind": "repository"},
    ]
    decisions = f"""\
        - paper: how-long-to-steep
          code:
            - https://huggingface.co/datasets/teapot/leaves
            - url: https://github.com/Teapot/Steep/
              official: yes
          drop_code: [{WRONG}]
        """

    paper = shelved(listing("tea", "2024-10-02", STEEP | {"code": code}), decisions=decisions).papers[
        "how-long-to-steep"
    ]

    assert paper.links == (
        Link(url="https://huggingface.co/datasets/teapot/leaves", kind="dataset"),
        Link(url="https://github.com/Teapot/Steep/", kind="repository", official=True),
    )


def test_a_link_to_be_dropped_that_is_not_there_is_said() -> None:
    decisions = f"- paper: how-long-to-steep\n  drop_code: [{WRONG}]\n"

    _, problems = build_library(content([SHELF], decisions, topics=""))

    assert [problem.message for problem in problems] == [f"'how-long-to-steep' has no link {WRONG}"]


def test_papers_stand_newest_first_and_undated_last() -> None:
    days = ("2024", "2023-12", "2024-05-02", "2024-05", None, "2024-06", "2024-05-01")
    files = [listing("tea", None, *({"title": f"Tea {n}", "published": day} for n, day in enumerate(days)))]

    papers: list[Paper] = list(shelved(*files).papers.values())

    assert [str(paper.published) for paper in papers] == [
        *("2024-06", "2024-05-02", "2024-05-01", "2024-05", "2024", "2023-12", "None"),
    ]


@pytest.mark.parametrize(
    ("decision", "published", "inferred"),
    [
        ("published: 2023", "2023", False),
        ("published: 2023-05", "2023-05", False),
        ("published: 2023-05-12", "2023-05-12", False),
        ("arxiv: 2305.00001", "2023-05", True),
        ("rating: 3", "2024-09", True),
    ],
)
def test_a_curators_date_or_arxiv_id_replaces_the_month_of_the_listings_id(
    decision: str, published: str, *, inferred: bool
) -> None:
    library = shelved(SHELF, decisions=f"- paper: how-long-to-steep\n  {decision}\n")

    paper = library.papers["how-long-to-steep"]
    assert (str(paper.published), paper.published_inferred) == (published, inferred)


def test_a_paper_added_by_hand_has_the_month_of_its_arxiv_id() -> None:
    added = "- paper: new-tea\n  title: New Tea\n  arxiv: cs/0112017\n"

    paper = shelved(SHELF, decisions=added).papers["new-tea"]

    assert (str(paper.published), paper.published_inferred) == ("2001-12", True)
    assert paper.origin["published"] == Location("content/curation/tea.yml", 3, 10)


def test_every_topic_says_where_it_is_defined() -> None:
    library = shelved(SHELF)

    assert {topic: at.line for topic, at in library.topic_edits.items()} == {
        "brewing": 1,
        "kettles": 9,
        "cups": 14,
        "sugar": 19,
        "milk": 24,
    }


def test_forty_thousand_papers_and_ten_thousand_decisions_take_seconds() -> None:
    entries = (
        {"title": f"Steeping Tea {number} in Kettles", "id": f"tea-{number}"} for number in range(40_000)
    )
    context = listing("tea", "2024-10-02", *entries)
    decided = "".join(
        f"- {{paper: tea-{number}, rating: 4, tags: [green]}}\n" for number in range(0, 40_000, 4)
    )
    given = content([context], decided)

    with processor_seconds(8):
        library, problems = build_library(given)

    assert len(library.papers) == 40_000
    assert sum(paper.rating == 4 for paper in library.papers.values()) == 10_000
    assert not [problem for problem in problems if problem.severity == "error"]


def test_one_repository_in_several_spellings_is_one() -> None:
    entries = (
        {"title": f"Tea {n}", "code": [{"url": url, "kind": "repository"}]}
        for n, url in enumerate(
            ("https://github.com/Teapot/Steep", "https://github.com/teapot/steep/tree/main")
        )
    )
    decisions = "- paper: tea-by-hand\n  title: Tea 0 by Hand\n  code: [https://github.com/teapot/STEEP).]\n"

    library, problems = build_library(content([listing("tea", "2024-10-02", *entries)], decisions, topics=""))

    assert problems == []
    ((repository, papers),) = library.in_repository.items()
    assert (repository.label, papers) == ("Teapot/Steep", ("tea-0", "tea-by-hand", "tea-1"))
    assert [link.url for link in library.papers["tea-by-hand"].links] == ["https://github.com/teapot/STEEP"]
