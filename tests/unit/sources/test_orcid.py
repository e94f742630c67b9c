import pytest

from papershelf.core.partial_date import PartialDate
from papershelf.sources.orcid import READER
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from support.service_documents import dumped, orcid_summary


def read(*summaries: object) -> ParsedDocument:
    return READER.read(dumped({"group": [{"work-summary": list(summaries)}]}), "works.json", ReadOptions())


def external(kind: str, value: str, relation: str = "self") -> dict[str, object]:
    """External ids with one id."""
    found = {"external-id-type": kind, "external-id-value": value, "external-id-relationship": relation}
    return {"external-id": [found]}


def test_a_group_is_one_work_of_several_sources() -> None:
    preferred = orcid_summary("Ferns", display_index="1", publication_date=None, journal_title=None)
    parsed = read(orcid_summary("FERNS."), preferred)
    assert not parsed.problems
    assert (parsed.title, parsed.listing_id) == ("ORCID 0000-0002-1825-0097", "orcid-0000-0002-1825-0097")
    assert parsed.entries == (
        Entry(
            line=3,
            title="Ferns",
            published=PartialDate(2026, 5),
            doi="10.1000/fern.7",
            venue="Meeting of Ferns",
            type="inproceedings",
        ),
    )


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (external("doi", "https://doi.org/10.1000/X"), (None, "https://doi.org/10.1000/X", None)),
        (external("arxiv", "arXiv:2603.01234"), ("arXiv:2603.01234", None, None)),
        (external("doi", "10.1000/book", "part-of"), (None, None, "https://ferns.example/7")),
        (external("issn", "1234-5678"), (None, None, "https://ferns.example/7")),
        (None, (None, None, "https://ferns.example/7")),
    ],
)
def test_only_the_works_own_ids_count(
    ids: object, expected: tuple[str | None, str | None, str | None]
) -> None:
    (entry,) = read(
        orcid_summary("Ferns", external_ids=ids, url={"value": "https://ferns.example/7"})
    ).entries
    assert (entry.arxiv, entry.doi, entry.url) == expected


def test_a_subtitle_belongs_to_the_title_and_a_date_may_be_a_year() -> None:
    title = {"title": {"value": "Ferns"}, "subtitle": {"value": "A Field Study"}}
    date = {"year": {"value": "2026"}, "month": None, "day": None}
    (entry,) = read(orcid_summary("", title=title, publication_date=date)).entries
    assert (entry.title, entry.published) == ("Ferns: A Field Study", PartialDate(2026))


def test_a_whole_record_is_read_too() -> None:
    works = {"group": [{"work-summary": [orcid_summary("Ferns")]}], "path": "/0000-0002-1825-009X/works"}
    parsed = READER.read(dumped({"activities-summary": {"works": works}}), "record.json", ReadOptions())
    assert [entry.title for entry in parsed.entries] == ["Ferns"]
    assert parsed.listing_id == "orcid-0000-0002-1825-009x"


def test_a_person_without_works_is_a_warning() -> None:
    parsed = READER.read('{"last-modified-date": null, "group": []}', "works.json", ReadOptions())
    assert [str(problem) for problem in parsed.problems] == [
        "works.json:1: warning: the person has no works at ORCID"
    ]
