"""What an entry says comes into its record: dates as far as they are known, and no paper lost to a bad id."""

import pytest

from papershelf.core.model import Record
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Problem
from papershelf.importing.documents import SourceDocument
from papershelf.importing.drafts import ImportOptions, read_document
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions


def imported(**said: object) -> tuple[Record | None, list[Problem]]:
    entry = Entry(line=3, title="Steeping Tea", **said)  # type: ignore[arg-type]  # what each test says

    def read(_text: str, _file: str, _options: ReadOptions) -> ParsedDocument:
        return ParsedDocument(entries=(entry,), title="Tea", listing_id="tea")

    reader = Reader("tea", "tea", lambda _: "", read)
    draft, problems = read_document(SourceDocument("tea.txt", b"tea"), ImportOptions(readers=(reader,)))
    return (draft.records[0] if draft else None), problems


@pytest.mark.parametrize("written", ["2023", "2023-05", "2023-05-12"])
def test_a_date_is_kept_as_far_as_the_document_says_it(written: str) -> None:
    record, problems = imported(published=PartialDate.parse(written))

    assert problems == []
    assert record
    assert f'"published":"{written}"' in record.model_dump_json()


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("arxiv", "1713.03762", "is not an arXiv id"),
        ("arxiv", "1706.3762", "is not an arXiv id"),
        ("arxiv", "0703.0001", "April 2007"),
        ("arxiv", "cs/5001001", "1991 to March 2007"),
        ("doi", "11.1000/tea", "not a DOI"),
        ("openreview", "a b", "not an OpenReview id"),
    ],
)
def test_an_id_that_is_none_is_left_out_and_the_paper_stays(field: str, value: str, reason: str) -> None:
    record, (problem,) = imported(**{field: value})

    assert record
    assert (record.title, getattr(record, field)) == ("Steeping Tea", None)
    assert (str(problem.at), problem.severity) == ("tea.txt:3", "warning")
    assert value in problem.message
    assert reason in problem.message
    assert "left out" in problem.message


def test_several_bad_ids_are_said_each() -> None:
    record, problems = imported(arxiv="1713.03762", doi="tea", openreview="abcDEF")

    assert record
    assert (record.arxiv, record.doi, record.openreview) == (None, None, "abcDEF")
    assert len(problems) == 2
