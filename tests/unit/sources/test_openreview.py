import pytest

from papershelf.core.partial_date import PartialDate
from papershelf.sources.openreview import READER
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from support.service_documents import dumped, openreview_note


def read(*notes: object) -> ParsedDocument:
    return READER.read(dumped({"notes": list(notes), "count": len(notes)}), "notes.json", ReadOptions())


def read_one(**content: object) -> Entry:
    (entry,) = read(openreview_note(content)).entries
    return entry


@pytest.mark.parametrize("wrapped", [True, False], ids=["second API", "first API"])
def test_notes_of_both_apis_are_read(*, wrapped: bool) -> None:
    parsed = read(openreview_note(wrapped=wrapped))
    assert not parsed.problems
    assert parsed.entries == (
        Entry(
            line=3,
            title="Ferns that Remember Rain",
            abstract="We water ferns.",
            authors=("Ada Fern", "Bo Moss"),
            published=PartialDate(2026, 1, 26),
            openreview="FeRn_7-x",
            pdf="https://openreview.net/pdf/7.pdf",
            links=("https://github.com/fern-lab/rain",),
            venue="ICLR 2026",
            categories=("ferns", "memory"),
            type="inproceedings",
        ),
    )


@pytest.mark.parametrize(
    ("written", "venue"),
    [
        ("ICLR 2026 oral", "ICLR 2026"),
        ("ICLR 2026 Poster", "ICLR 2026"),
        ("ICLR 2023 notable top 25%", "ICLR 2023"),
        (
            "NeurIPS 2025 Datasets and Benchmarks Track spotlight",
            "NeurIPS 2025 Datasets and Benchmarks Track",
        ),
        ("COLM", "COLM 2026"),
        ("Accepted by TMLR", "TMLR 2026"),
        ("Submitted to ICLR 2026", None),
        ("ICLR 2026 Conference Withdrawn Submission", None),
        ("ICLR 2026 Conference Desk Rejected Submission", None),
        ("", "The Conference on Ferns"),
    ],
)
def test_the_venue_is_that_which_accepted_it(written: str, venue: str | None) -> None:
    entry = read_one(venue=written)
    assert (entry.venue, entry.type) == (venue, "inproceedings" if venue else "preprint")


def test_a_venue_without_a_year_anywhere_stays_without() -> None:
    assert read_one(venue="TMLR", venueid="TMLR").venue == "TMLR"


@pytest.mark.parametrize("venue", ["ICLR 2026 Conference Withdrawn Submission", "ICLR 2026 Rejected"])
def test_what_was_withdrawn_or_rejected_is_a_warning(venue: str) -> None:
    (problem,) = read(openreview_note({"venue": venue})).problems
    assert (problem.severity, problem.at.line) == ("warning", 3)
    assert problem.message == f"“Ferns that Remember Rain” was not accepted: “{venue}”"


@pytest.mark.parametrize(
    ("times", "published"),
    [
        ({}, "2026-01-26"),
        ({"pdate": None}, "2025-10-09"),
        ({"pdate": None, "odate": None}, "2025-09-16"),
        ({"pdate": 10**30}, "2025-10-09"),
        ({"pdate": -5, "odate": "soon", "cdate": True}, "None"),
    ],
)
def test_the_date_is_that_of_publication_as_far_as_it_is_known(
    times: dict[str, object], published: str
) -> None:
    (entry,) = read(openreview_note() | times).entries
    assert str(entry.published) == published


def test_reviews_in_a_forum_are_left_out_and_counted() -> None:
    review = openreview_note({"title": "Good paper"}) | {"id": "ReViEw"}
    parsed = read(openreview_note(), review, review)
    assert [entry.openreview for entry in parsed.entries] == ["FeRn_7-x"]
    assert [str(problem) for problem in parsed.problems] == [
        "notes.json:1: warning: 2 of the notes are reviews or comments; they were left out"
    ]


def test_anonymous_is_no_author_and_people_may_be_objects() -> None:
    assert read_one(authors=["Anonymous"]).authors == ()
    assert read_one(authors=[{"fullname": "Ada Fern", "username": "~Ada_Fern1"}]).authors == ("Ada Fern",)


def test_an_answer_without_notes_is_a_warning() -> None:
    assert [problem.message for problem in read().problems] == ["the answer holds no notes"]
