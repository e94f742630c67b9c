"""Feeds, read by independent parsers: feedparser, lxml, and a JSON Schema of JSON Feed's rules."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import feedparser
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from papershelf.core.model import Paper
from papershelf.core.partial_date import PartialDate
from papershelf.exports import Published, atom, json_feed
from papershelf.exports.feed_entries import Feed, FeedEntry
from papershelf.exports.feeds import MOST, feeds
from papershelf.incremental import fingerprint
from papershelf.render import templates
from papershelf.views.context import SiteContext
from support import fabricated
from support.fabricated import CONFIG, FULL, HOSTILE_TITLES
from support.project import ROOT

WORDS = templates.load_words(ROOT / "templates")
AUTHORS = {
    "type": "array",
    "items": {"type": "object", "minProperties": 1, "properties": {"name": {"type": "string"}}},
}
ADDRESS = {"type": "string", "pattern": "^https?://"}
INSTANT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"}
EXTENSIONS = {"^_[A-Za-z]+$": {"type": "object"}}
ITEM = {
    "type": "object",
    "required": ["id"],
    "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "url": ADDRESS,
        "external_url": ADDRESS,
        "title": {"type": "string"},
        "content_html": {"type": "string"},
        "date_published": INSTANT,
        "authors": AUTHORS,
        "tags": {"type": "array", "items": {"type": "string"}},
    },
    "patternProperties": EXTENSIONS,
    "additionalProperties": False,
}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "description": {"type": "string"},
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "language": {"type": "string"},
        "authors": AUTHORS,
        "items": {"type": "array", "items": ITEM},
    },
    "patternProperties": EXTENSIONS,
    "additionalProperties": False,
}


def context(*papers: Paper, url: str | None = CONFIG.url) -> SiteContext:
    library = fabricated.library(papers or fabricated.PAPERS)
    return SiteContext(library, CONFIG.model_copy(update={"url": url}), WORDS)


def made(of: SiteContext) -> dict[str, bytes]:
    return {each.path: each.content() for each in feeds(Published(of, (), 0))}


def atom_of(files: Mapping[str, bytes], path: str) -> Any:  # noqa: ANN401  feedparser has no types
    found = feedparser.parse(files[path])
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_there_is_a_feed_of_everything_in_both_formats() -> None:
    stems = {
        "new",
        "editions",
        "collections/first-cups",
        *(f"topics/{topic}" for topic in context().library.in_topic),
    }
    assert set(made(context())) == {f"feeds/{stem}.{form}" for stem in stems for form in ("xml", "json")}


@pytest.mark.parametrize("url", [CONFIG.url, None], ids=["at an address", "anywhere"])
@pytest.mark.parametrize("hostile", [False, True])
def test_every_feed_is_valid(url: str | None, *, hostile: bool) -> None:
    papers = fabricated.hostile_papers() if hostile else fabricated.PAPERS
    files = made(context(*papers, url=url))
    for path, content in files.items():
        if path.endswith(".json"):
            jsonschema.validate(json.loads(content), JSON_FEED)
            continue
        found = atom_of(files, path)
        assert found.version == "atom10"
        assert found.feed.id.startswith(url or "urn:uuid:")
        assert {link.rel for link in found.feed.links} == ({"self", "alternate"} if url else {"alternate"})
        assert len({entry.id for entry in found.entries}) == len(found.entries)
        for entry in found.entries:
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", entry.updated)
            assert entry.link
            assert "<script" not in entry.content[0].value
        root = etree.fromstring(content)
        assert root.tag == "{http://www.w3.org/2005/Atom}feed"


def test_an_entry_says_what_is_known_of_a_paper() -> None:
    found = atom_of(made(context()), "feeds/new.xml")
    entry = next(each for each in found.entries if each.id.endswith("/how-long-to-steep/"))
    assert entry.link == entry.id == "https://example.org/tea/papers/how-long-to-steep/"
    assert entry.title == "How Long to Steep: Minutes or [Hours]? A_b Study"
    assert (entry.updated, entry.prism_publicationdate) == ("2024-03-09T00:00:00Z", "2024-09-30")
    assert {link.href for link in entry.links if link.rel == "related"} == {link.url for link in FULL.links}
    assert [tag.term for tag in entry.tags] == list(FULL.topics)
    assert [author.name for author in entry.authors] == list(map(str, FULL.authors))
    assert "<em>three</em>" in entry.content[0].value
    assert "<strong>care</strong>" in entry.content[0].value


@pytest.mark.parametrize(
    ("published", "instant"), [("2023", "2023-01-01T00:00:00Z"), ("2023-05", "2023-05-01T00:00:00Z")]
)
def test_the_instant_of_an_unlisted_paper_is_the_first_that_its_date_may_mean(
    published: str, instant: str
) -> None:
    files = made(context(Paper(id="tea", title="Tea", published=PartialDate.parse(published))))
    (entry,), (item,) = atom_of(files, "feeds/new.xml").entries, json.loads(files["feeds/new.json"])["items"]

    assert (entry.updated, entry.prism_publicationdate) == (instant, published)
    assert (item["date_published"], item["_papershelf"]["published"]) == (instant, published)


def test_both_formats_say_the_same() -> None:
    files = made(context())
    for path in files:
        if path.endswith(".json"):
            items = json.loads(files[path])["items"]
            entries = atom_of(files, path.replace(".json", ".xml")).entries
            assert [(item["id"], item["title"]) for item in items] == [
                (entry.id, entry.title) for entry in entries
            ]


def test_new_papers_come_first_and_there_are_not_too_many() -> None:
    papers = [Paper(id=f"p{n}", title=f"P {n}", published=PartialDate(2024, 1, 1)) for n in range(2 * MOST)]
    newest = Paper(id="newest", title="Newest", published=PartialDate(2025, 1, 1))
    items = json.loads(made(context(*papers, newest))["feeds/new.json"])["items"]
    assert len(items) == MOST
    assert items[0]["title"] == "Newest"
    days = [item["date_published"] for item in items]
    assert days == sorted(days, reverse=True)


def test_undated_papers_count_as_older_than_all_others_and_are_not_said_to_be_published() -> None:
    papers = (Paper(id="a", title="A", published=PartialDate(2024, 1, 2)), Paper(id="b", title="B"))
    entries = atom_of(made(context(*papers)), "feeds/new.xml").entries

    assert [(entry.title, entry.updated, entry.get("published")) for entry in entries] == [
        ("A", "2024-01-02T00:00:00Z", "2024-01-02T00:00:00Z"),
        ("B", "2024-01-02T00:00:00Z", None),
    ]


def test_a_list_without_any_date_is_of_the_day_of_the_build() -> None:
    of = context(Paper(id="b", title="B"))
    files = {
        each.path: each.content()
        for each in feeds(Published(of, (), int(datetime(2025, 3, 4, tzinfo=UTC).timestamp())))
    }
    found = atom_of(files, "feeds/new.xml")

    assert {found.feed.updated, *(entry.updated for entry in found.entries)} == {"2025-03-04T00:00:00Z"}


def test_an_entry_that_is_edited_or_renamed_keeps_its_id_and_its_date() -> None:
    edited = replace(FULL, title="Other", summary="Other.", id="other", former_ids=(FULL.id,))
    for url in (CONFIG.url, None):
        ids = [
            {
                (item["id"], item.get("date_published"))
                for item in json.loads(made(of)["feeds/new.json"])["items"]
            }
            for of in (context(FULL, url=url), context(replace(FULL, summary="Else."), url=url))
        ]
        assert ids[0] == ids[1]
        renamed = json.loads(made(context(edited, url=url))["feeds/new.json"])["items"]
        assert [item["id"] for item in renamed] == [next(iter(ids[0]))[0]]


def test_a_reading_path_keeps_its_order_and_says_why() -> None:
    library = context().library
    path = library.collections[0]
    items = json.loads(made(context())[f"feeds/collections/{path.id}.json"])["items"]
    assert [item["id"].rstrip("/").rpartition("/")[2] for item in items] == [
        step.paper for step in path.steps
    ]


def test_an_edit_remakes_the_feeds_that_show_the_paper_and_no_others() -> None:
    papers = [replace(FULL, summary="Edited.") if paper is FULL else paper for paper in fabricated.PAPERS]
    before, after = (
        fingerprint.of_inputs(feeds(Published(context(*each), (), 0))) for each in (fabricated.PAPERS, papers)
    )
    changed = {path for path in before if before[path] != after[path]}
    stems = {"new", "topics/brewing", "topics/kettles", "collections/first-cups"}
    assert changed == {f"feeds/{stem}.{form}" for stem in stems for form in ("xml", "json")}


@given(st.text(), st.sampled_from(HOSTILE_TITLES))
def test_any_text_comes_through_both_formats(words: str, title: str) -> None:
    feed = Feed("feeds/new", "index.md", title, words, "https://example.org/", words, "en", date(2024, 1, 1))
    entry = FeedEntry("urn:x", "papers/x/index.md", words, words, date(2024, 1, 1), None, (words,))
    root = etree.fromstring(atom.write(feed, [entry]))
    shown = root.findtext("{*}entry/{*}content") or ""
    assert (
        shown
        == re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", words)
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        or "\r" in words
    )
    assert json.loads(json_feed.write(feed, [entry]))["items"][0]["content_html"] == words
