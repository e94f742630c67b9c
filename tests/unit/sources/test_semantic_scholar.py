import pytest

from papershelf.core.partial_date import PartialDate
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from papershelf.sources.semantic_scholar import READER
from support.service_documents import dumped, semantic_scholar_paper


def read(value: object) -> ParsedDocument:
    return READER.read(dumped(value), "batch.json", ReadOptions())


def read_one(**changes: object) -> Entry:
    (entry,) = read(semantic_scholar_paper(**changes)).entries
    return entry


def problems(parsed: ParsedDocument) -> list[str]:
    return [str(problem) for problem in parsed.problems]


def test_a_paper_has_all_its_ids() -> None:
    assert read_one() == Entry(
        line=1,
        title="Ferns that Remember Rain",
        abstract="We water ferns.",
        authors=("Ada Fern", "Bo Moss"),
        published=PartialDate(2026, 5, 4),
        arxiv="2603.01234",
        doi="10.1000/fern.7",
        url="https://aclanthology.org/2026.acl-long.7/",
        pdf="https://ferns.example/7.pdf",
        venue="Annual Meeting of Ferns",
        categories=("Biology",),
        type="inproceedings",
    )


@pytest.mark.parametrize(
    "answer",
    [
        [semantic_scholar_paper()],
        {"total": 1, "offset": 0, "data": [semantic_scholar_paper()]},
        {"recommendedPapers": [semantic_scholar_paper()]},
        {"offset": 0, "data": [{"contexts": [], "citingPaper": semantic_scholar_paper()}]},
    ],
)
def test_batches_searches_and_citations_are_read(answer: object) -> None:
    assert [entry.title for entry in read(answer).entries] == ["Ferns that Remember Rain"]


def test_null_in_a_batch_is_an_unknown_paper_in_its_place() -> None:
    parsed = read([semantic_scholar_paper(), None, semantic_scholar_paper(title="Moss")])
    assert [entry.title for entry in parsed.entries] == ["Ferns that Remember Rain", "Moss"]
    assert problems(parsed) == [
        (
            "batch.json:2: warning: paper 2 of the batch is unknown to Semantic Scholar"
            " (check id 2 of those asked for)"
        )
    ]


def test_a_batch_of_unknown_papers_is_said_in_words() -> None:
    assert len(read([None, None]).problems) == 2


def test_null_values_are_unknown() -> None:
    names = (
        "externalIds",
        "abstract",
        "venue",
        "publicationDate",
        "openAccessPdf",
        "fieldsOfStudy",
        "authors",
    )
    entry = read_one(**dict.fromkeys(names), publicationTypes=None, journal={"name": "Fern Letters"})
    assert entry == Entry(
        line=1,
        title="Ferns that Remember Rain",
        published=PartialDate(2026),
        url="https://www.semanticscholar.org/paper/f",
        venue="Fern Letters",
    )


@pytest.mark.parametrize("venue", ["arXiv.org", "ArXiv", "CoRR"])
def test_arxiv_is_no_venue(venue: str) -> None:
    entry = read_one(venue=venue, publicationTypes=["JournalArticle"])
    assert (entry.venue, entry.type) == (None, "preprint")


def test_a_paper_of_which_only_its_id_here_is_known_is_a_problem() -> None:
    parsed = read({"paperId": "f" * 40, "authors": None})
    assert not parsed.entries
    assert problems(parsed) == [
        (
            "batch.json:1: the work has neither a title nor an identifier; skipped"
            " (add one of them, or ask the service for its title too)"
        )
    ]


def test_an_error_is_told_in_the_services_words() -> None:
    parsed = read({"error": "Paper with id 7 not found"})
    assert problems(parsed) == [
        (
            "batch.json:1: the service answered with an error: “Paper with id 7 not found”"
            " (correct the question and save the new answer)"
        )
    ]


def test_a_search_without_results_is_a_warning() -> None:
    assert problems(read({"total": 0, "offset": 0, "data": []})) == [
        "batch.json:1: warning: the search found no papers (ask for something else)"
    ]


def test_authors_are_no_papers() -> None:
    assert READER.mismatch('{"authorId": "1", "name": "Ada Fern"}') == "has no papers with a “paperId”"
