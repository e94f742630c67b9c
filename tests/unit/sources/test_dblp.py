import json

import pytest

from papershelf.core.partial_date import PartialDate
from papershelf.sources import dblp_fields, dblp_search, dblp_xml
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from support.service_documents import DBLP, DBLP_SEARCH

YEAR = PartialDate(2026)


def read(text: str) -> ParsedDocument:
    return dblp_xml.READER.read(text, "dblp.xml", ReadOptions())


def test_records_are_read_with_names_titles_and_ids_as_people_write_them() -> None:
    parsed = read(DBLP)
    assert not parsed.problems
    assert parsed.entries == (
        Entry(
            line=4,
            title="Rain in H$_{2}$O & Ferns",
            authors=("Ada Férn", "Wei Moss"),
            published=YEAR,
            doi="10.1000/fern.7",
            venue="J. Ferns",
            type="article",
        ),
        Entry(
            line=13,
            title="Do Ferns Read?",
            authors=("Cy Oak",),
            published=YEAR,
            url="https://aclanthology.org/2026.acl-long.7",
            venue="ACL",
            type="inproceedings",
        ),
        Entry(
            line=20,
            title="Ferns that Remember ...",
            authors=("Ada Fern",),
            published=YEAR,
            arxiv="2603.01234",
            doi="10.48550/arXiv.2603.01234",
            type="preprint",
        ),
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [("Wei Wang 0001", "Wei Wang"), ("Wei Wang", "Wei Wang"), ("R2 D2 42", "R2 D2 42"), ("0001", "0001")],
)
def test_the_number_of_namesakes_is_no_part_of_a_name(written: str, name: str) -> None:
    assert dblp_fields.name(written) == name


@pytest.mark.parametrize(
    ("written", "title"),
    [("Ferns.", "Ferns"), ("Why Ferns?", "Why Ferns?"), ("Ferns ...", "Ferns ..."), (".", ""), ("", "")],
)
def test_the_full_stop_behind_every_title_is_no_part_of_it(written: str, title: str) -> None:
    assert dblp_fields.title(written) == title


def test_a_persons_page_is_a_listing_of_the_person() -> None:
    record = "<r><book key='x'><editor>Ada Fern</editor><title>Ferns.</title><year>2026</year></book></r>"
    parsed = read(f'<dblpperson name="Ada Fern" pid="12/3456">{record}</dblpperson>')
    assert (parsed.title, parsed.listing_id) == ("DBLP: Ada Fern", "dblp-12-3456")
    assert [(entry.authors, entry.type) for entry in parsed.entries] == [(("Ada Fern",), "book")]


def test_a_withdrawn_record_is_a_warning() -> None:
    (problem,) = read(DBLP.replace('publtype="informal"', 'publtype="informal withdrawn"')).problems
    assert problem.at.line == 20
    assert problem.message == "“Ferns that Remember ...” was withdrawn, says DBLP"


def test_forums_of_openreview_and_other_pages_are_found() -> None:
    ee = "<ee>https://aclanthology.org/2026.acl-long.7</ee>"
    forum = read(DBLP.replace(ee, "<ee>https://openreview.net/forum?id=FeRn_7-x</ee>")).entries[1]
    assert (forum.openreview, forum.url) == ("FeRn_7-x", None)
    page = read(DBLP.replace(ee, "<ee>https://ferns.example/7</ee>")).entries[1]
    assert (page.openreview, page.url) == (None, "https://ferns.example/7")


def test_the_answer_to_a_search_is_read() -> None:
    text = json.dumps(DBLP_SEARCH, indent=1)
    parsed = dblp_search.READER.read(text, "search.json", ReadOptions())
    assert not parsed.problems
    assert parsed.entries == (
        Entry(
            line=6,
            title="Do Ferns & Mosses Read?",
            authors=("Wei Moss", "Ada O'Fern"),
            published=YEAR,
            doi="10.18653/V1/2026.ACL-LONG.7",
            venue="ACL",
            type="inproceedings",
        ),
        Entry(
            line=31,
            title="Ferns that Remember",
            authors=("Cy Oak",),
            published=YEAR,
            arxiv="2603.01234",
            type="preprint",
        ),
    )


def test_a_search_that_found_nothing_is_a_warning() -> None:
    parsed = dblp_search.READER.read('{"result": {"hits": {"@total": "0"}}}', "s.json", ReadOptions())
    assert [(problem.severity, problem.message) for problem in parsed.problems] == [
        ("warning", "the search found nothing")
    ]
