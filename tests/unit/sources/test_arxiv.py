from datetime import date

import pytest

from papershelf.core.partial_date import PartialDate
from papershelf.sources import arxiv_atom, arxiv_rss
from papershelf.sources.arxiv_feed import venue_in
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from support.service_documents import atom, atom_entry, rss, rss_item

ERROR = """  <entry>
    <id>https://arxiv.org/api/errors#incorrect_id_format_for_fern</id>
    <title>Error</title>
    <summary>incorrect id format for fern</summary>
    <author><name>arXiv api core</name></author>
  </entry>
"""


def read(text: str) -> ParsedDocument:
    return arxiv_atom.READER.read(text, "query.xml", ReadOptions())


def read_one(**changes: str) -> Entry:
    (entry,) = read(atom(atom_entry(**changes))).entries
    return entry


def problems(parsed: ParsedDocument) -> list[str]:
    return [str(problem) for problem in parsed.problems]


def test_an_entry_has_the_date_of_version_1_and_the_primary_category_first() -> None:
    comment = "<arxiv:comment>9 pages, code: https://github.com/fern-lab/rain</arxiv:comment>"
    parsed = read(atom(atom_entry(further=comment), asked="2603.01234"))
    assert not parsed.problems
    assert parsed.entries == (
        Entry(
            line=7,
            title="Ferns that Remember Rain",
            abstract="We water ferns.",
            authors=("Ada Fern", "Bo Moss"),
            published=PartialDate(2026, 3, 2),
            arxiv="2603.01234v2",
            links=("https://github.com/fern-lab/rain",),
            categories=("q-bio.NC", "cs.LG"),
            type="preprint",
        ),
    )


def test_a_title_may_be_0_and_an_id_old() -> None:
    entry = read_one(identifier="hep-ph/0301050v2", title="0")
    assert (entry.title, entry.arxiv) == ("0", "hep-ph/0301050v2")


def test_a_printed_paper_has_its_doi_and_journal_and_is_no_mere_preprint() -> None:
    entry = read_one(
        further="<arxiv:doi>10.1000/fern.7</arxiv:doi>"
        "<arxiv:journal_ref>J. Ferns 7 (2026)</arxiv:journal_ref>"
        "<arxiv:comment>Accepted at FernConf 2025</arxiv:comment>"
    )
    assert (entry.doi, entry.venue, entry.type) == ("10.1000/fern.7", "J. Ferns 7 (2026)", None)


@pytest.mark.parametrize(
    ("comment", "venue"),
    [
        ("Accepted at FernConf 2026 (oral), 9 pages", "FernConf 2026"),
        ("9 pages. Accepted to the Journal of Ferns. Code at https://x.example", "Journal of Ferns"),
        ("accepted for publication in Phys. Rev. D; 4 figures", "Phys. Rev. D"),
        ("Accepted as a spotlight paper at FernConf 2026", "FernConf 2026"),
        ("To appear in the Proceedings of FernConf\n  2026", "Proceedings of FernConf 2026"),
        ("Submitted to FernConf 2026", None),
        ("Accepted", None),
        ("", None),
    ],
)
def test_a_comment_names_the_venue(comment: str, venue: str | None) -> None:
    assert venue_in(comment) == venue


def test_a_withdrawal_that_only_the_comment_tells_is_a_warning() -> None:
    text = atom(atom_entry(further="<arxiv:comment>This paper has been withdrawn: lemma 2</arxiv:comment>"))
    assert problems(read(text)) == [
        (
            "query.xml:7: warning: the authors' comment says that the paper is withdrawn:"
            " “This paper has been withdrawn: lemma 2”"
            " (leave it out, or give the reason with withdrawn: in the curation)"
        )
    ]


def test_an_error_is_no_paper() -> None:
    parsed = read(atom(ERROR, atom_entry()))
    assert [entry.arxiv for entry in parsed.entries] == ["2603.01234v2"]
    assert problems(parsed) == [
        (
            "query.xml:7: arXiv answered with an error: “incorrect id format for fern”"
            " (correct the id and ask arXiv again)"
        )
    ]


def test_ids_that_arxiv_left_out_are_named() -> None:
    parsed = read(atom(atom_entry(), asked="2603.01234,2603.99999v1,hep-ph/0301050"))
    assert len(parsed.entries) == 1
    assert [problem.message for problem in parsed.problems] == [
        "arXiv has no paper with the id “2603.99999v1”, for which it was asked",
        "arXiv has no paper with the id “hep-ph/0301050”, for which it was asked",
    ]


def test_ids_on_other_pages_of_an_answer_are_not_missing() -> None:
    assert not read(atom(atom_entry(), asked="2603.01234,2603.00001", total=2)).problems


def test_a_search_without_results_is_a_warning() -> None:
    assert problems(read(atom())) == [
        "query.xml:3: warning: the feed has no papers: arXiv found none (ask for something else)"
    ]


def test_a_broken_entry_is_a_problem_and_the_rest_is_read() -> None:
    broken = atom_entry("2603.00002v1").replace("</title>", "<title>")
    parsed = read(atom(atom_entry(), broken, atom_entry("2603.00003v1")))
    assert [entry.arxiv for entry in parsed.entries] == ["2603.01234v2", "2603.00003v1"]
    (problem,) = parsed.problems
    assert 21 <= problem.at.line < 35
    assert problem.message.startswith("the XML is broken here: ")


def read_rss(text: str) -> ParsedDocument:
    return arxiv_rss.READER.read(text, "rss.xml", ReadOptions())


def test_announcements_are_a_listing_of_their_subject_and_day() -> None:
    parsed = read_rss(rss(rss_item()))
    assert (parsed.title, parsed.listing_id, parsed.captured) == (
        "cs.NI updates on arXiv.org, 16 March 2026",
        "arxiv-cs-ni-2026-03-16",
        date(2026, 3, 16),
    )
    assert parsed.entries == (
        Entry(
            line=8,
            title="Moss as a Router",
            abstract="Moss forwards packets.",
            authors=("Ada Fern", "Bo Moss, Jr.", "Cy Oak"),
            published=PartialDate(2026, 3, 16),
            arxiv="2603.04321",
            categories=("cs.NI", "cs.DC"),
            type="preprint",
        ),
    )


@pytest.mark.parametrize("announced", ["cross", "replace", "replace-cross"])
def test_the_day_of_an_older_papers_announcement_is_not_its_date(announced: str) -> None:
    (entry,) = read_rss(rss(rss_item(announced))).entries
    assert (entry.published, entry.abstract) == (None, "Moss forwards packets.")


def test_a_weekend_is_said_in_words_and_is_no_error() -> None:
    parsed = read_rss(rss())
    assert not parsed.entries
    assert problems(parsed) == [
        (
            "rss.xml:1: warning: the feed has no papers: arXiv announces none on Saturdays, Sundays and"
            " holidays (take the feed of another day)"
        )
    ]


@pytest.mark.parametrize(
    "written", ["", "tomorrow", "Mon, 99 Mar 2026 00:00:00", "Mon, 16 Mar 99999 00:00:00 -0400"]
)
def test_a_day_that_is_none_is_unknown(written: str) -> None:
    parsed = read_rss(rss(rss_item()).replace("Mon, 16 Mar 2026 00:00:00 -0400", written))
    assert (parsed.listing_id, parsed.captured, parsed.entries[0].published) == (None, None, None)


def test_feeds_of_others_are_told_apart() -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title>A blog</title></feed>'
    assert arxiv_atom.READER.mismatch(feed) == "is a feed, but not of arXiv"
    assert arxiv_rss.READER.mismatch("<rss><channel/></rss>") == "is RSS, but not of arXiv"
