"""A taxonomy is one definition: a fifth one, venues, gets everything that papers are grouped by has."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from bibtexparser.entrypoint import parse_string

from papershelf import exports, pages, search
from papershelf.content.config import Publish
from papershelf.core import urls
from papershelf.exports import Published
from papershelf.pages.browse import BrowseView
from papershelf.pages.groups import GroupsView
from papershelf.render import templates
from papershelf.views.context import Page, SiteContext
from papershelf.views.paper_list import PaperListView
from papershelf.views.taxonomy import (
    COLLECTIONS,
    EDITIONS,
    TAXONOMIES,
    TOPICS,
)
from support import fabricated
from support.fabricated import ARABIC, CONFIG, FULL
from support.project import ROOT
from support.site import formats
from support.venues import JOURNAL, VENUES, WITH_VENUES

TEMPLATES = ROOT / "templates"
WORDS = templates.load_words(TEMPLATES)


@pytest.fixture(scope="module")
def context() -> SiteContext:
    of_four = fabricated.context(WORDS, WITH_VENUES)
    return replace(of_four, taxonomies=(*TAXONOMIES, VENUES))


@pytest.fixture(scope="module")
def there(context: SiteContext) -> Mapping[str, Page]:
    planned = pages.plan(context, (*pages.KINDS, pages.taxonomy_kind(VENUES)))
    return {output.path: output.content() for output in planned}


@pytest.fixture(scope="module")
def files(context: SiteContext) -> Mapping[str, bytes]:
    planned = exports.plan(Published(context, pages.plan(context), 0, formats(context)))
    return {output.path: output.content() for output in planned}


def test_paths_of_a_taxonomy_are_those_that_urls_has_for_it() -> None:
    assert [taxonomy.list_page for taxonomy in TAXONOMIES] == [
        *(urls.TOPICS, urls.EDITIONS, urls.CODE, urls.COLLECTIONS)
    ]
    assert TOPICS.page("x") == urls.topic("x")
    assert EDITIONS.page("x") == urls.edition("x")
    assert COLLECTIONS.page("x") == urls.collection("x")
    assert TOPICS.feed("x", "json") == urls.feed_topic("x", "json")
    assert COLLECTIONS.feed("x") == urls.feed_collection("x")
    assert (TOPICS.data("x", "ris"), EDITIONS.data("x")) == (
        urls.topic_data("x", "ris"),
        urls.edition_data("x"),
    )


def test_the_groups_of_a_taxonomy_have_papers_of_the_library(context: SiteContext) -> None:
    for taxonomy in context.taxonomies:
        groups = context.groups[taxonomy.id]
        assert groups
        for group in groups:
            assert set(group.papers) <= context.library.papers.keys()
            assert len(group.notes) in {0, len(group.papers)}


def test_a_new_taxonomy_has_a_page_that_lists_its_groups(there: Mapping[str, Page]) -> None:
    page = there["venues/index.md"]
    assert isinstance(page.view, GroupsView)
    assert (page.title, page.description) == ("Venues", "Where papers were published.")
    assert [(each.link.text, each.link.href, each.count) for each in page.view.groups] == [
        (JOURNAL, "journal-of-tea-4/index.md", "8 papers")
    ]
    markdown = templates.render(page, templates.environment(TEMPLATES, WORDS))
    assert "[Journal of Tea 4](journal-of-tea-4/index.md)" in markdown


def test_its_list_is_in_the_navigation(context: SiteContext) -> None:
    kinds = (*pages.KINDS, pages.taxonomy_kind(VENUES))
    assert ("Venues", "venues/index.md") in pages.navigation(WORDS, pages.plan(context, kinds), kinds)


def test_each_of_its_groups_has_pages_with_links_to_feeds_data_and_browsing(
    there: Mapping[str, Page],
) -> None:
    first, second = there["venues/journal-of-tea-4/index.md"], there["venues/journal-of-tea-4/2/index.md"]
    assert isinstance(first.view, PaperListView)
    assert isinstance(second.view, PaperListView)
    assert [section.heading for section in first.view.sections] == ["2024", "2023"]
    assert (first.view.up.text, first.view.up.href) == ("Venues", "../index.md")
    assert [link.href for link in first.view.data] == [
        "../../feeds/venues/journal-of-tea-4.xml",
        "../../feeds/venues/journal-of-tea-4.json",
        "../../api/v1/venues/journal-of-tea-4.bib",
        "../../api/v1/venues/journal-of-tea-4.json",
        "../../browse/?venue=journal-of-tea-4",
    ]
    assert 'href="../../feeds/venues/journal-of-tea-4.xml"' in first.head
    assert (second.title, second.view.data) == ("Journal of Tea 4, page 2", ())


def test_it_is_a_facet_for_browsing(there: Mapping[str, Page]) -> None:
    view = there[urls.BROWSE].view
    assert isinstance(view, BrowseView)
    assert view.facets[0].name == "topic"
    facet = view.facets[-1]
    assert (facet.name, facet.label) == ("venue", "Venue")
    assert [(option.value, option.text) for option in facet.options] == [("journal-of-tea-4", JOURNAL)]


def test_the_search_filters_by_it(context: SiteContext) -> None:
    documents = [output.content() for output in search.plan(context)]
    found = [document.title for document in documents if ("venue", "journal-of-tea-4") in document.filters]
    assert len(found) == 8
    assert ARABIC.title in found


def test_its_groups_have_feeds(files: Mapping[str, bytes]) -> None:
    feed = json.loads(files["feeds/venues/journal-of-tea-4.json"])
    assert feed["title"] == f"{CONFIG.title}: Journal of Tea 4: new papers"
    assert len(feed["items"]) == 8
    assert b"Journal of Tea 4: new papers" in files["feeds/venues/journal-of-tea-4.xml"]


def test_its_groups_have_data_and_citations_which_the_openapi_document_describes(
    files: Mapping[str, bytes],
) -> None:
    (entry,) = json.loads(files[urls.data("venues.json")])["groups"]
    group = json.loads(files[urls.data("venues/journal-of-tea-4.json")])
    assert entry == {key: group[key] for key in ("id", "title", "description", "count")}
    assert group["papers"][0]["id"] == FULL.id
    assert group["count"] == len(group["papers"]) == 8
    for suffix in ("bib", "csl.json", "ris"):
        assert urls.data(f"venues/journal-of-tea-4.{suffix}") in files
    assert len(parse_string(files[urls.data("venues/journal-of-tea-4.bib")].decode()).entries) == 8
    document = json.loads(files[urls.data("openapi.json")])
    described = {path for path in document["paths"] if path.startswith("/venues")}
    assert described == {
        *("/venues.json", "/venues/{id}.json"),
        *("/venues/{id}.bib", "/venues/{id}.csl.json", "/venues/{id}.ris"),
    }
    assert {"GroupList", "GroupEntry", "GroupData"} <= document["components"]["schemas"].keys()


def test_llms_txt_lists_its_groups(files: Mapping[str, bytes]) -> None:
    text = files["llms.txt"].decode()
    assert "## Venues\n\n- [Journal of Tea 4](https://example.org/tea/venues/journal-of-tea-4/" in text


def test_groups_that_are_always_cited_have_every_format_even_where_papers_have_not() -> None:
    config = CONFIG.model_copy(update={"publish": Publish(all_formats=False)})
    always = replace(VENUES, citations="always")
    context = replace(fabricated.context(WORDS, WITH_VENUES, config), taxonomies=(*TAXONOMIES, always))
    outputs = {each.path: each for each in exports.plan(Published(context, (), 0, formats(context)))}
    assert urls.data("papers.csl.json") not in outputs
    cited = json.loads(outputs[urls.data("venues/journal-of-tea-4.csl.json")].content())
    assert len(cited) == 8


def test_a_site_without_it_has_none_of_this() -> None:
    context = fabricated.context(WORDS, WITH_VENUES)
    planned = pages.plan(context)
    outputs = exports.plan(Published(context, planned, 0, formats(context)))
    assert not [output.path for output in (*planned, *outputs) if "venue" in output.path]
