import pytest

from papershelf.core.partial_date import PartialDate
from papershelf.sources.openalex import READER
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from support.service_documents import dumped, openalex_work


def read(value: object) -> ParsedDocument:
    return READER.read(dumped(value), "works.json", ReadOptions())


def read_one(**changes: object) -> Entry:
    (entry,) = read(openalex_work(**changes)).entries
    return entry


def place(page: str, kind: str | None = None, **changes: object) -> dict[str, object]:
    """A location."""
    return {
        "landing_page_url": page,
        "source": kind and {"display_name": "Meeting of Ferns", "type": kind},
        **changes,
    }


def test_one_work_holds_preprint_and_printed_version() -> None:
    assert read_one() == Entry(
        line=1,
        title="Ferns that Remember Rain",
        abstract="Ferns see other Ferns",
        authors=("Ada Fern", "Bo Moss"),
        published=PartialDate(2026, 5, 4),
        arxiv="2603.01234",
        doi="https://doi.org/10.1000/fern.7",
        pdf="https://arxiv.org/pdf/2603.01234",
        venue="Journal of Ferns",
        categories=("Plant Memory", "Fern"),
        type="article",
    )


@pytest.mark.parametrize("wrapped", [{"meta": {"count": 1}, "results": [openalex_work()]}, [openalex_work()]])
def test_answers_with_results_and_lists_are_read(wrapped: object) -> None:
    assert [entry.title for entry in read(wrapped).entries] == ["Ferns that Remember Rain"]


@pytest.mark.parametrize(
    ("changes", "published"),
    [
        ({"publication_date": "2019-01-01", "locations": [], "best_oa_location": None}, "2019"),
        ({"publication_date": "2026-01-01"}, "2026"),
        (
            {"publication_date": "2012-01-01", "locations": [place("https://arxiv.org/abs/1201.00490")]},
            "2012",
        ),
        ({"publication_date": "2019-01-02"}, "2019-01-02"),
        ({"publication_date": None, "publication_year": 2018}, "2018"),
        ({"publication_date": "2019-02-31"}, "2019-02"),
        ({"publication_date": "soon", "publication_year": None}, "None"),
    ],
)
def test_1_january_is_a_year_alone(changes: dict[str, object], published: str) -> None:
    assert str(read_one(**changes).published) == published


def test_1_january_is_january_if_the_arxiv_id_says_so() -> None:
    here = place("https://arxiv.org/abs/1201.0490", "repository")
    entry = read_one(
        publication_date="2012-01-01", locations=[here], best_oa_location=here, primary_location=here
    )
    assert (entry.published, entry.venue) == (PartialDate(2012, 1), None)


def test_the_arxiv_id_is_found_in_the_doi_too() -> None:
    entry = read_one(doi="https://doi.org/10.48550/arxiv.1201.0490", locations=[], best_oa_location=None)
    assert (entry.arxiv, entry.doi) == ("1201.0490", "https://doi.org/10.48550/arxiv.1201.0490")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"type": "preprint", "type_crossref": "journal-article"}, "preprint"),
        ({"type": "dissertation"}, "thesis"),
        ({"type": "article", "type_crossref": "proceedings-article"}, "inproceedings"),
        ({"type": "article", "primary_location": place("https://x.example", "conference")}, "inproceedings"),
        ({"type": "article", "type_crossref": None}, "article"),
        ({"type": "paratext", "type_crossref": "other"}, None),
    ],
)
def test_the_sort_of_work_is_known(changes: dict[str, object], kind: str | None) -> None:
    assert read_one(**changes).type == kind


def test_a_work_without_identifiers_has_its_page() -> None:
    page = place("https://ferns.example/7")
    entry = read_one(doi=None, locations=[page], primary_location=page, best_oa_location=None)
    assert (entry.url, entry.doi, entry.arxiv) == ("https://ferns.example/7", None, None)


def test_authors_cut_at_100_are_counted_if_the_number_is_known_and_said_otherwise() -> None:
    authors = [{"raw_author_name": f"Author {n}"} for n in range(100)]
    counted = read(openalex_work(authorships=authors, authors_count=412))
    assert (counted.entries[0].author_count, counted.problems) == (412, ())
    cut = read(openalex_work(authorships=authors))
    assert cut.entries[0].author_count is None
    assert [str(problem) for problem in cut.problems] == [
        (
            "works.json:1: warning: “Ferns that Remember Rain” has more authors than the 100 that lists give"
            " (save the answer for this one work, which has all)"
        )
    ]


def test_a_retraction_is_a_warning() -> None:
    (problem,) = read(openalex_work(is_retracted=True)).problems
    assert (problem.message, problem.severity) == ("“Ferns that Remember Rain” was retracted", "warning")


@pytest.mark.parametrize("index", [None, {"a": None}, {"a": [-1, "x", True, None]}, {"a": 3}, []])
def test_an_index_without_places_is_no_abstract(index: object) -> None:
    assert read_one(abstract_inverted_index=index).abstract is None


def test_places_far_away_take_no_memory() -> None:
    assert read_one(abstract_inverted_index={"late": [10**15], "early": [2]}).abstract == "early late"


def test_an_answer_without_works_is_a_warning() -> None:
    parsed = read({"meta": {"count": 0}, "results": []})
    assert [problem.message for problem in parsed.problems] == ["OpenAlex found no works"]
