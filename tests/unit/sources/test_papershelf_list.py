"""What one list publishes feeds another: our own files and feeds are read back."""

import json
from datetime import date

import pytest

from papershelf.content import records
from papershelf.core.model import Link, Listing, Paper, Record, Unnamed
from papershelf.core.partial_date import PartialDate
from papershelf.exports import atom, json_feed
from papershelf.exports.feed_entries import Feed, edition_entry, paper_entry
from papershelf.exports.feeds import WriteFeed
from papershelf.exports.one_file import one_file
from papershelf.exports.schema import PaperEntry, PaperPage, PaperRef, TopicData
from papershelf.render import templates
from papershelf.sources import feed, markdown_list, papershelf_list
from papershelf.sources.parsed import ParsedDocument, Reader, ReadOptions
from papershelf.sources.readers import READERS, detect
from papershelf.text import plain
from papershelf.text.people import plain_names
from support import fabricated
from support.project import ROOT

WORDS = templates.load_words(ROOT / "templates")
PAPERS = fabricated.PAPERS
KEYS = {paper.id: f"key{number}" for number, paper in enumerate(PAPERS)}
FEED = Feed(
    "feeds/new", "index.md", "New tea", "About", "https://example.org/tea/", "Ada", "en", date(2030, 1, 1)
)


def read(text: str, reader: Reader = papershelf_list.READER) -> ParsedDocument:
    assert detect(text, READERS) is reader
    return reader.read(text, "x", ReadOptions())


def day(paper: Paper) -> PartialDate | None:
    return paper.published


def urls(paper: Paper) -> tuple[str, ...]:
    return tuple(link.url for link in paper.links)


def test_published_papers_come_back_without_the_curators_words() -> None:
    text = one_file(PAPERS, KEYS, "jsonl").decode()
    found = read(text)
    assert [problem.message for problem in found.problems] == [
        "the other list says that the paper is withdrawn: “The kettle was *empty*.”"
    ]
    for entry, paper in zip(found.entries, PAPERS, strict=True):
        assert (entry.title, entry.authors) == (plain(paper.title), plain_names(paper.authors))
        assert (entry.published, entry.published_inferred) == (day(paper), paper.published_inferred)
        assert (entry.arxiv, entry.doi, entry.openreview) == (paper.arxiv, paper.doi, paper.openreview)
        assert (entry.url, entry.pdf, entry.links) == (paper.url, paper.pdf, urls(paper))
        assert (entry.venue, entry.abstract) == (paper.venue, paper.abstract and plain(paper.abstract))
        assert (entry.comments, entry.author_count) == (paper.comments, paper.author_count)
    one = text.splitlines()[0]
    assert read(f"{one}\n").entries == found.entries[:1]


def test_a_page_of_papers_and_a_topic_are_read() -> None:
    entries = tuple(
        PaperEntry(id=paper.id, title=plain(paper.title), page="p", published=paper.published, summary="S")
        for paper in PAPERS[:2]
    )
    page = PaperPage(total=9, previous=None, next="papers-2.json", papers=entries)
    found = read(page.model_dump_json(exclude_defaults=True))
    assert [(entry.title, entry.published) for entry in found.entries] == [
        (plain(paper.title), day(paper)) for paper in PAPERS[:2]
    ]
    assert all(entry.abstract is None for entry in found.entries)
    assert [problem.message for problem in found.problems] == [
        "this is one page of the papers; the next is papers-2.json"
    ]
    topic = TopicData(id="tea", title="Tea", count=1, papers=(PaperRef(id="a", title="Long Steeping"),))
    read_topic = read(topic.model_dump_json(exclude_defaults=True))
    assert (read_topic.title, [entry.title for entry in read_topic.entries]) == ("Tea", ["Long Steeping"])


def test_a_listing_of_another_list_keeps_its_facts_and_its_name() -> None:
    record = Record(
        id="long-steeping",
        title="Long Steeping",
        abstract="We wait.",
        summary="Theirs.",
        authors=("Ada Kettle",),
        published=date(2024, 3, 5),
        code=(Link(url="https://github.com/a/b", kind="repository"),),
        type="article",
        categories=("cs.TE",),
        position=1,
        inferred=("published",),
    )
    listing = Listing(
        id="tea", title="Tea daily", format="t", captured=date(2024, 3, 9), captured_inferred=True
    )
    text = records.dump(listing, [record], [Unnamed(position=2, arxiv="2401.00001")])
    found = read(f"{text}{{torn\n")
    assert (found.title, found.listing_id, found.captured) == ("Tea daily", "tea", date(2024, 3, 9))
    assert found.captured_inferred
    first, second = found.entries
    assert (first.line, first.title, first.abstract, first.authors) == (
        2,
        "Long Steeping",
        "We wait.",
        ("Ada Kettle",),
    )
    assert (first.published, first.published_inferred, first.type) == (
        PartialDate(2024, 3, 5),
        True,
        "article",
    )
    assert (first.links, first.categories) == (("https://github.com/a/b",), ("cs.TE",))
    assert (second.line, second.title, second.arxiv) == (3, "", "2401.00001")
    assert [str(problem).split(" (")[0] for problem in found.problems] == [
        "x:4: this line is no JSON object: “{torn”; skipped"
    ]


@pytest.mark.parametrize("write", [atom.write, json_feed.write], ids=["Atom", "JSON Feed"])
def test_our_feeds_come_back_with_titles_authors_dates_and_links(write: WriteFeed) -> None:
    context = fabricated.context(WORDS)
    added = date(2030, 1, 1)
    made = [paper_entry(context.labels, paper, added) for paper in PAPERS]
    found = read(write(FEED, made).decode(), feed.READER)
    assert (found.title, found.problems) == ("New tea", ())
    for entry, paper in zip(found.entries, PAPERS, strict=True):
        assert (entry.title, entry.authors) == (plain(paper.title), plain_names(paper.authors))
        assert (entry.published, entry.links) == (day(paper), urls(paper))
        assert (entry.abstract, entry.url) == (None, None)
    editions = [edition_entry(context.labels, fabricated.OCTOBER, (), 3)]
    skipped = read(write(FEED, editions).decode(), feed.READER)
    assert not skipped.entries
    assert "is an edition of another list" in skipped.problems[0].message


def test_our_markdown_comes_back() -> None:
    papers = [paper for paper in PAPERS if paper.arxiv]
    found = read("# Tea\n\n" + one_file(papers, KEYS, "markdown").decode(), markdown_list.READER)
    for entry, paper in zip(found.entries, papers, strict=True):
        assert (entry.title, entry.authors) == (plain(paper.title), plain_names(paper.authors))
        assert (entry.arxiv, entry.links, entry.venue) == (paper.arxiv, urls(paper), paper.venue)
        assert entry.published == (PartialDate(paper.published.year) if paper.published else None)


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"papers": []},
        {"id": "a", "title": "b"},
        {"total": 1, "papers": [{"id": "a"}]},
        {"topics": []},
        [],
        3,
    ],
)
def test_other_json_is_not_ours(value: object) -> None:
    assert papershelf_list.READER.mismatch(json.dumps(value))
    assert not papershelf_list.READER.read(json.dumps(value), "x", ReadOptions()).entries
