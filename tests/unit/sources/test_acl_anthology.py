import pytest

from papershelf.core.partial_date import PartialDate
from papershelf.sources.acl_anthology import READER
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from support.service_documents import ACL


def read(text: str) -> ParsedDocument:
    return READER.read(text, "2026.fern.xml", ReadOptions())


def test_a_volume_is_read_without_its_frontmatter_and_editors() -> None:
    parsed = read(ACL)
    assert not parsed.problems
    assert (parsed.title, parsed.listing_id) == ("Proceedings of the Meeting of Ferns", "2026-fern-long")
    assert parsed.entries == (
        Entry(
            line=12,
            title=r"TelME about $\alpha$ in \emph{vitro}",
            abstract="We read. Code: https://github.com/fern-lab/rain.",
            authors=("Fern y Vega, Ada", "Moss"),
            published=PartialDate(2026, 6),
            doi="10.18653/v1/2026.fern-long.7",
            url="https://aclanthology.org/2026.fern-long.7/",
            pdf="https://aclanthology.org/2026.fern-long.7.pdf",
            links=("https://github.com/fern-lab/rain",),
            venue="Proceedings of the Meeting of Ferns",
            type="inproceedings",
        ),
    )


@pytest.mark.parametrize(
    ("month", "published"),
    [("July", "2026-07"), ("1-3 Aug", "2026-08"), ("Summer", "2026"), ("", "2026")],
)
def test_the_month_is_the_first_that_is_named(month: str, published: str) -> None:
    assert str(read(ACL.replace("June 30 - July 4", month)).entries[0].published) == published


@pytest.mark.parametrize(
    ("url", "collection", "page"),
    [
        ("2026.fern-long.7", "2026.fern", "https://aclanthology.org/2026.fern-long.7/"),
        ("P17-1003", "P17", "https://aclanthology.org/P17-1003/"),
        ("http://ferns.example/7.pdf", "2026.fern", "https://aclanthology.org/2026.fern-long.7/"),
        ("http://ferns.example/7.pdf", "P17", None),
    ],
)
def test_the_page_is_made_from_the_id(url: str, collection: str, page: str | None) -> None:
    text = ACL.replace('<url hash="abc">2026.fern-long.7</url>', f"<url>{url}</url>")
    (entry,) = read(text.replace('id="2026.fern"', f'id="{collection}"')).entries
    assert entry.url == page
    assert entry.pdf == (page and f"{page.removesuffix('/')}.pdf")


def test_a_paper_without_a_doi_gets_none() -> None:
    assert read(ACL.replace("<doi>10.18653/v1/2026.fern-long.7</doi>", "")).entries[0].doi is None


def test_a_journals_papers_are_articles() -> None:
    text = ACL.replace('type="proceedings"', 'type="journal"')
    text = text.replace("<meta>", "<meta><journal-title>Transactions on Ferns</journal-title>")
    entry = read(text).entries[0]
    assert (entry.venue, entry.type) == ("Transactions on Ferns", "article")


def test_two_volumes_are_a_listing_of_the_collection() -> None:
    start, end = ACL.index("  <volume"), ACL.index("</collection>")
    second = ACL[start:end].replace('id="long"', 'id="short"').replace("fern-long.7", "fern-short.7")
    parsed = read(ACL[:end] + second + ACL[end:])
    assert (parsed.title, parsed.listing_id) == ("ACL Anthology 2026.fern", "2026-fern")
    assert [entry.url for entry in parsed.entries] == [
        "https://aclanthology.org/2026.fern-long.7/",
        "https://aclanthology.org/2026.fern-short.7/",
    ]


def test_a_retraction_is_a_warning() -> None:
    text = ACL.replace("<doi>", '<retracted date="2026-07-01">Lemma 2 fails.</retracted><doi>')
    (problem,) = read(text).problems
    assert (problem.severity, problem.at.line) == ("warning", 12)
    assert problem.message.endswith("was retracted: “Lemma 2 fails.”")


def test_a_collection_of_something_else_is_told_apart() -> None:
    assert READER.mismatch("<collection><record/></collection>") == "has no <volume> in its <collection>"
