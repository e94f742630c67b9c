import pytest

from papershelf.core.partial_date import PartialDate
from papershelf.sources import papers_with_code
from papershelf.sources.paperlists import READER
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from support.service_documents import code_link, dumped, paperlist_row


def read(*rows: object, file: str = "neurips2026.json") -> ParsedDocument:
    return READER.read(dumped(list(rows)), file, ReadOptions())


def read_one(**changes: object) -> Entry:
    (entry,) = read(paperlist_row(**changes)).entries
    return entry


def test_a_row_is_read_and_its_venue_is_in_the_files_name() -> None:
    parsed = read(paperlist_row())
    assert (parsed.title, parsed.problems) == ("NeurIPS 2026", ())
    assert parsed.entries == (
        Entry(
            line=2,
            title="Ferns that Remember Rain",
            abstract="We water ferns.",
            authors=("Ada Fern", "Bo Moss"),
            published=PartialDate(2026, 6),
            doi="10.1000/fern.7",
            openreview="FeRn7x_abc",
            venue="NeurIPS 2026",
            categories=("ferns", "memory"),
            type="inproceedings",
        ),
    )


@pytest.mark.parametrize("author", ["Ada Fern;Bo Moss", "Ada Fern; Bo Moss", " Ada Fern ;; Bo Moss;-1"])
def test_authors_are_split_at_semicolons(author: str) -> None:
    assert read_one(author=author).authors == ("Ada Fern", "Bo Moss")


@pytest.mark.parametrize("unknown", ["", "-1", -1, None])
def test_an_empty_text_and_minus_1_are_unknown(unknown: object) -> None:
    names = (
        "abstract",
        "keywords",
        "primary_area",
        "author",
        "bibtex",
        "pdf",
        "arxiv",
        "doi",
        "project",
        "github",
    )
    entry = read_one(**dict.fromkeys(names, unknown), author_num=unknown)
    assert entry == Entry(
        line=2,
        title="Ferns that Remember Rain",
        published=PartialDate(2026),
        openreview="FeRn7x_abc",
        venue="NeurIPS 2026",
        type="inproceedings",
    )


def test_authors_that_are_not_named_are_counted() -> None:
    assert read_one(author="", author_num=5).author_count == 5


@pytest.mark.parametrize(
    ("github", "links"),
    [
        (
            "https://github.com/a/b; https://github.com/c/d",
            ("https://github.com/a/b", "https://github.com/c/d"),
        ),
        ("a/b", ("https://github.com/a/b",)),
        ("github.com/a/b", ("github.com/a/b",)),
        ("https://github.com/an-owner", ()),
        ("soon", ()),
    ],
)
def test_repositories_are_cleaned(github: str, links: tuple[str, ...]) -> None:
    assert read_one(github=github).links == links


@pytest.mark.parametrize(
    ("project", "links"),
    [
        ("https://rain.github.io", ("https://rain.github.io",)),
        ("www.ferns.example", ("www.ferns.example",)),
        ("FERN360", ()),
    ],
)
def test_a_project_is_an_address(project: str, links: tuple[str, ...]) -> None:
    assert read_one(project=project).links == links


@pytest.mark.parametrize(
    ("site", "openreview", "url"),
    [
        ("https://openreview.net/forum?id=Other_1-a", "Other_1-a", None),
        ("https://aclanthology.org/2026.fern-long.7/", None, "https://aclanthology.org/2026.fern-long.7/"),
        ("", "FeRn7x_abc", None),
    ],
)
def test_the_site_is_a_forum_or_a_page(site: str, openreview: str | None, url: str | None) -> None:
    entry = read_one(site=site)
    assert (entry.openreview, entry.url) == (openreview, url)


def test_an_id_of_ones_own_is_none_of_openreview() -> None:
    assert read_one(id="92af4b6f19", site="", authorids="/a/ada-fern/").openreview is None


@pytest.mark.parametrize(
    ("file", "status", "venue"),
    [
        ("naacl2024.json", "Findings", "Findings of NAACL 2024"),
        ("data/acmmm2024.json", "Oral", "ACM MM 2024"),
        ("corl2024.json", "Poster", "CoRL 2024"),
        ("iclr2024.json", "Reject", None),
        ("iclr2024.json", "Withdraw", None),
        ("papers.json", "Poster", None),
    ],
)
def test_venue_and_year_come_from_the_files_name_and_the_status(
    file: str, status: str, venue: str | None
) -> None:
    (entry,) = read(paperlist_row(status=status), file=file).entries
    assert entry.venue == venue


def test_papers_that_were_not_accepted_are_counted_in_one_warning() -> None:
    parsed = read(paperlist_row(), paperlist_row(status="Reject"), paperlist_row(status="Desk Reject"))
    assert [entry.type for entry in parsed.entries] == ["inproceedings", "preprint", "preprint"]
    (problem,) = parsed.problems
    assert problem.message == "2 of the papers were not accepted; they have no venue"


def test_a_file_whose_name_says_nothing_is_a_warning() -> None:
    (problem,) = read(paperlist_row(), file="papers.json").problems
    assert problem.hint == "call it by both, as in naacl2024.json"


def test_all_links_of_a_paper_are_one_entry_with_those_of_its_authors_first() -> None:
    other = code_link("https://github.com/moss/rain", paper_url="x", paper_arxiv_id=None, paper_title="Moss")
    rows = [
        code_link("https://github.com/fan/rain"),
        other,
        code_link("https://github.com/fern-lab/rain", official=True),
        code_link("https://github.com/fan/rain"),
    ]
    parsed = papers_with_code.READER.read(dumped(rows), "links.json", ReadOptions())
    assert not parsed.problems
    assert "CC BY-SA 4.0" in parsed.title
    assert parsed.entries == (
        Entry(
            line=2,
            title="Ferns that Remember Rain",
            arxiv="2603.01234",
            links=("https://github.com/fern-lab/rain", "https://github.com/fan/rain"),
        ),
        Entry(
            line=11,
            title="Moss",
            url="https://arxiv.org/abs/2603.01234v1",
            pdf="https://arxiv.org/pdf/2603.01234v1.pdf",
            links=("https://github.com/moss/rain",),
        ),
    )
