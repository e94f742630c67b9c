import json
import resource

import pytest

from papershelf.core.partial_date import PartialDate
from papershelf.sources.feed import READER
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from papershelf.sources.readers import READERS, decode, detect

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><channel><title>Tea Letters</title>
{}
</channel></rss>
"""
ITEM = """<item><title>Long &lt;i&gt;Steeping&lt;/i&gt; &amp;amp; Leaves</title>
<link>https://tea.example.org/articles/1</link><dc:creator>Ada Kettle, Bo Leaf and Cy Cup</dc:creator>
<dc:identifier>doi:10.1000/182</dc:identifier><prism:publicationName>Tea Letters</prism:publicationName>
<prism:publicationDate>2024-03</prism:publicationDate><pubDate>Tue, 05 Mar 2024 00:00:00 +0000</pubDate>
<category>Leaves</category><description><![CDATA[<p>We wait &amp; <b>pour</b>.</p>]]></description></item>"""


def read(text: str) -> ParsedDocument:
    return READER.read(text, "feed.xml", ReadOptions())


def one(text: str) -> Entry:
    (entry,) = read(text).entries
    return entry


def test_rss_of_a_journal_says_all_that_it_knows() -> None:
    found = read(RSS.format(ITEM))
    assert found.title == "Tea Letters"
    assert not found.problems
    assert found.entries == (
        Entry(
            line=4,
            title=r"Long \emph{Steeping} & Leaves",
            abstract="We wait & pour.",
            authors=("Ada Kettle", "Bo Leaf", "Cy Cup"),
            published=PartialDate(2024, 3),
            doi="10.1000/182",
            url="https://tea.example.org/articles/1",
            venue="Tea Letters",
            categories=("Leaves",),
        ),
    )


@pytest.mark.parametrize(
    ("inside", "field", "value"),
    [
        ("<guid>oai:arXiv.org:2401.00001v2</guid>", "arxiv", "2401.00001"),
        ("<link>http://arxiv.org/abs/2401.00001v1</link>", "arxiv", "2401.00001"),
        ("<guid isPermaLink='false'>10.1000/182</guid>", "doi", "10.1000/182"),
        ("<link>https://doi.org/10.1000/182</link>", "doi", "10.1000/182"),
        ("<prism:doi>10.1000/182</prism:doi>", "doi", "10.1000/182"),
        ("<link>https://openreview.net/forum?id=abC_-12</link>", "openreview", "abC_-12"),
        ("<link>https://tea.example.org/blog/1</link>", "url", "https://tea.example.org/blog/1"),
        ("<pubDate>Tue, 05 Mar 2024 23:30:00 -0500</pubDate>", "published", PartialDate(2024, 3, 5)),
        ("<dc:date>2024-03-05</dc:date>", "published", PartialDate(2024, 3, 5)),
        ("<dc:creator>Kettle, Ada</dc:creator>", "authors", ("Kettle, Ada",)),
        ("<author>Ada Kettle</author><author>Bo Leaf</author>", "authors", ("Ada Kettle", "Bo Leaf")),
    ],
)  # fmt: skip
def test_identifiers_dates_and_names_are_found_wherever_feeds_put_them(
    inside: str, field: str, value: object
) -> None:
    entry = one(RSS.format(f"<item><title>Tea</title>{inside}</item>"))
    assert (entry.title, getattr(entry, field)) == ("Tea", value)


def test_the_arxiv_id_behind_a_title_is_no_part_of_it() -> None:
    entry = one(RSS.format("<item><title>Tea in Cups. (arXiv:2401.00001v1 [cs.LG] UPDATED)</title></item>"))
    assert (entry.title, entry.arxiv) == ("Tea in Cups", "2401.00001")


def test_atom_has_its_day_of_publication_and_not_that_of_a_change() -> None:
    form = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry>'
        '<title type="html">Tea &amp;lt; Cups</title>'
        '<id>urn:x</id><updated>2025-01-01T00:00:00Z</updated>{}<author><name>Ada Kettle</name></author>'
        '<link href="https://t.example.org/1"/><link type="application/pdf" href="https://t.example.org/1.pdf"/>'
        "</entry></feed>"
    )  # fmt: skip
    entry = one(form.format("<published>2024-03-05T00:00:00Z</published>"))
    assert (entry.title, entry.authors, entry.pdf) == (
        "Tea < Cups",
        ("Ada Kettle",),
        "https://t.example.org/1.pdf",
    )
    assert entry.published == PartialDate(2024, 3, 5)
    assert one(form.format("")).published is None


def test_json_feed_is_read() -> None:
    item = {
        "id": "https://doi.org/10.1000/182",
        "url": "https://tea.example.org/1",
        "title": "Tea",
        "content_html": "<p>We pour.</p>",
        "date_published": "2024-03-05T00:00:00Z",
        "authors": [{"name": "Ada Kettle"}, None],
        "tags": ["Leaves"],
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Tea Letters", "items": [item, {"id": 3}]}
    found = read(json.dumps(feed))
    assert found.title == "Tea Letters"
    assert found.entries == (
        Entry(
            line=1,
            title="Tea",
            abstract="We pour.",
            authors=("Ada Kettle",),
            published=PartialDate(2024, 3, 5),
            doi="10.1000/182",
            url="https://tea.example.org/1",
            categories=("Leaves",),
        ),
    )
    assert [problem.message for problem in found.problems] == [
        "the entry has neither a title nor an identifier; skipped"
    ]


def test_an_address_as_the_whole_document_is_never_fetched() -> None:
    assert READER.mismatch("http://127.0.0.1:9/feed.xml")
    assert not READER.read("http://127.0.0.1:9/feed.xml", "x", ReadOptions()).entries


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">',
        '<!ENTITY c SYSTEM "file:///etc/passwd">',
    ],
)
def test_entities_of_its_own_are_a_problem_and_nothing_grows(declared: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = read(f"<?xml version='1.0'?>\n<!DOCTYPE rss [{declared}]>\n<rss><channel><item><title>&c;</title>"
                 "</item></channel></rss>")  # fmt: skip
    assert not found.entries
    assert str(found.problems[0]).startswith("feed.xml:2: the feed declares entities of its own")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_a_torn_feed_is_read_as_far_as_it_goes_and_says_where() -> None:
    found = read(RSS.format(ITEM).partition("<category>")[0])
    assert [entry.doi for entry in found.entries] == ["10.1000/182"]
    assert str(found.problems[0]).startswith("feed.xml:8: warning: the XML is broken here")


def test_a_feed_in_another_encoding_is_read_as_it_declares() -> None:
    text = RSS.format("<item><title>Th\u00e9 \u00e0 la menthe</title></item>").replace("utf-8", "ISO-8859-1")
    decoded, problems = decode(text.encode("latin-1"), "feed.xml")
    assert not problems
    assert one(decoded).title == "Th\u00e9 \u00e0 la menthe"


def test_feeds_are_known_by_their_content() -> None:
    for text in (
        RSS.format(ITEM),
        '<rdf:RDF xmlns:rdf="x"></rdf:RDF>',
        '<feed xmlns="http://www.w3.org/2005/Atom"/>',
    ):
        reader = detect(text, READERS)
        assert not isinstance(reader, dict)
        assert reader.name == "feed"
    for other in ("<html></html>", "<opml/>", "{}", '{"version": "1.0", "items": []}', "rss", ""):
        assert READER.mismatch(other)
