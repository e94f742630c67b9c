import pytest

from papershelf.core.partial_date import PartialDate
from papershelf.sources.crossref import READER
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from support.service_documents import crossref, crossref_work


def read(**changes: object) -> ParsedDocument:
    return READER.read(crossref(crossref_work(**changes)), "work.json", ReadOptions())


def read_one(**changes: object) -> Entry:
    (entry,) = read(**changes).entries
    return entry


def messages(parsed: ParsedDocument) -> list[tuple[str, str]]:
    return [(problem.severity, problem.message) for problem in parsed.problems]


def test_a_work_is_read() -> None:
    assert read_one() == Entry(
        line=4,
        title=r"Ferns that \emph{Remember} Rain: A Field Study",
        abstract="CO$_{2}$ helps.",
        authors=("Fern y Vega, Ada", "Moss Jr., Bo", "{The Greenhouse Group}", "Oak"),
        published=PartialDate(2026, 5),
        doi="10.1000/fern.7",
        pdf="https://ferns.example/7.pdf",
        venue="Ferns & Mosses",
        categories=("Botany",),
        type="article",
    )


def test_an_answer_with_items_is_read_whole() -> None:
    text = crossref(crossref_work(), crossref_work(DOI="10.1000/moss.8", title=["Moss"], subtitle=None))
    parsed = READER.read(text, "works.json", ReadOptions())
    assert [(entry.title, entry.doi) for entry in parsed.entries] == [
        (r"Ferns that \emph{Remember} Rain: A Field Study", "10.1000/fern.7"),
        ("Moss", "10.1000/moss.8"),
    ]


@pytest.mark.parametrize(
    ("title", "subtitle", "expected"),
    [
        (["Moss"], [""], "Moss"),
        (["Moss: A Life"], ["A life"], "Moss: A Life"),
        ("Moss", "A Life", "Moss: A Life"),
        ([], ["A Life"], ""),
        (None, None, ""),
    ],
)
def test_a_title_is_a_list_or_a_text(title: object, subtitle: object, expected: str) -> None:
    assert read_one(title=title, subtitle=subtitle).title == expected


@pytest.mark.parametrize(
    ("issued", "published"),
    [
        ([[2026]], "2026"),
        ([[2026, 5]], "2026-05"),
        ([[2026, 5, 4]], "2026-05-04"),
        ([["2026", "5"]], "2026-05"),
        ([[2026, 13, 1]], "2026"),
        ([[2026, 2, 30]], "2026-02"),
        ([[None]], "None"),
        ([[]], "None"),
        ([], "None"),
        (None, "None"),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(issued: object, published: str) -> None:
    entry = read_one(issued={"date-parts": issued}, created={"date-parts": [[2004, 6, 22]]})
    assert str(entry.published) == published


def test_a_date_that_is_not_issued_is_that_of_the_first_print() -> None:
    entry = read_one(issued={"date-parts": [[None]]}, published_print={"date-parts": [[2025, 7]]})
    assert entry.published == PartialDate(2025, 7)


def test_a_conference_may_be_named_by_its_event_alone() -> None:
    entry = read_one(container_title=[], event={"name": "23rd Meeting of Ferns"}, type="proceedings-article")
    assert (entry.venue, entry.type) == ("23rd Meeting of Ferns", "inproceedings")


@pytest.mark.parametrize("identifier", ["2603.01234", "arXiv:2603.01234", "10.48550/arXiv.2603.01234"])
def test_the_preprint_of_a_work_gives_its_arxiv_id(identifier: str) -> None:
    assert read_one(relation={"has-preprint": [{"id-type": "arxiv", "id": identifier}]}).arxiv == "2603.01234"


def test_a_preprint_that_was_published_is_a_warning() -> None:
    parsed = read(
        type="posted-content",
        title=["Ferns"],
        subtitle=[],
        relation={"is-preprint-of": [{"id": "10.1000/8"}]},
    )
    assert parsed.entries[0].type == "preprint"
    assert messages(parsed) == [("warning", "“Ferns” is a preprint, which was published as 10.1000/8")]


def test_retractions_and_their_notices_are_warnings_and_corrections_none() -> None:
    retracted = {"type": "retraction", "label": "Retraction", "DOI": "10.1000/r"}
    corrected = {"type": "correction", "label": "Correction", "DOI": "10.1000/c"}
    assert messages(read(title=["Ferns"], subtitle=[], updated_by=[retracted, corrected])) == [
        ("warning", "of “Ferns” there is a notice “Retraction” (10.1000/r)")
    ]
    assert messages(read(title=["Retraction: Ferns"], subtitle=[], update_to=[retracted])) == [
        ("warning", "“Retraction: Ferns” is a notice “Retraction” about 10.1000/r")
    ]


def test_a_work_without_a_title_keeps_its_doi() -> None:
    entry = read_one(title=None, subtitle=None, type="journal-issue")
    assert (entry.title, entry.doi, entry.type) == ("", "10.1000/fern.7", None)


def test_answers_about_other_things_are_told_apart() -> None:
    assert READER.mismatch('{"message-type": "journal", "message": {"title": "Ferns"}}') == (
        "is an answer of Crossref, but a journal"
    )
