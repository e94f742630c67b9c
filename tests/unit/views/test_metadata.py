"""Metadata for search engines, reference managers and browsers, read by independent parsers."""

import json
import re
from dataclasses import replace
from typing import Any

import extruct
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from papershelf import pages
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.core.partial_date import PartialDate
from papershelf.core.person import Author
from papershelf.exports import Published
from papershelf.exports.llms import llms
from papershelf.exports.opensearch import opensearch
from papershelf.exports.robots import robots
from papershelf.exports.sitemap import sitemap
from papershelf.render import templates
from papershelf.text.people import plain_names
from papershelf.views import metadata
from papershelf.views.context import SiteContext
from papershelf.views.metadata import MOST_AUTHORS, MOST_ITEMS
from support import fabricated
from support.fabricated import CONFIG, FULL, HOSTILE_TITLES
from support.people import named
from support.project import ROOT

WORDS = templates.load_words(ROOT / "templates")
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MAX_JSON_LD = 450


def context(url: str | None = CONFIG.url) -> SiteContext:
    return fabricated.context(WORDS, config=CONFIG.model_copy(update={"url": url}))


def published(of: SiteContext) -> Published:
    return Published(of, pages.plan(of), 0)


def document(inside: str) -> str:
    return f"<!doctype html><html><head><title>x</title>{inside}</head><body></body></html>"


def json_ld(inside: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = extruct.extract(document(inside), syntaxes=["json-ld"])["json-ld"]
    return found


def citation(inside: str) -> dict[str, list[str]]:
    """The tags as reference managers read them: every value of each name, in order."""
    found: dict[str, list[str]] = {}
    for tag in lxml_html.fromstring(document(inside)).iter("meta"):
        if tag.get("name", "").startswith("citation_"):
            found.setdefault(tag.get("name"), []).append(tag.get("content"))
    return found


def test_people_and_groups_are_told_apart_and_identified() -> None:
    authors = (Author(name="Kettle, Ada", orcid="0000-0002-1825-0097"), *named("{Tea & Co}", "Meta AI"))
    inside = metadata.of_paper(replace(FULL, authors=authors))

    assert json_ld(inside)[0]["author"] == [
        {"@type": "Person", "name": "Ada Kettle", "@id": "https://orcid.org/0000-0002-1825-0097"},
        {"@type": "Organization", "name": "Tea & Co"},
        {"@type": "Organization", "name": "Meta AI"},
    ]
    assert citation(inside)["citation_author"] == ["Ada Kettle", "Tea & Co", "Meta AI"]


def test_a_paper_is_read_as_what_it_is() -> None:
    inside = metadata.of_paper(FULL)
    (article,) = json_ld(inside)
    assert article["@type"] == "ScholarlyArticle"
    assert article["headline"] == "How Long to Steep: Minutes or [Hours]? A_b Study"
    assert [author["name"] for author in article["author"]] == list(map(str, FULL.authors))
    assert article["datePublished"] == "2024-09-30"
    assert article["sameAs"] == ["https://arxiv.org/abs/2409.00001", "https://doi.org/10.1000/tea_1"]
    assert citation(inside) == {
        "citation_title": ["How Long to Steep: Minutes or [Hours]? A_b Study"],
        "citation_author": list(map(str, FULL.authors)),
        "citation_publication_date": ["2024/09/30"],
        "citation_doi": ["10.1000/tea_1"],
        "citation_arxiv_id": ["2409.00001"],
        "citation_pdf_url": ["https://example.org/papers/steep(1).pdf"],
    }


@pytest.mark.parametrize(("published", "tag"), [("2023", "2023"), ("2023-05", "2023/05")])
def test_a_date_is_said_as_far_as_it_is_known(published: str, tag: str) -> None:
    inside = metadata.of_paper(replace(FULL, published=PartialDate.parse(published)))
    assert json_ld(inside)[0]["datePublished"] == published
    assert citation(inside)["citation_publication_date"] == [tag]


@pytest.mark.parametrize("paper", [replace(FULL, authors=()), replace(FULL, published=None)])
def test_without_all_that_a_citation_needs_there_is_none(paper: Paper) -> None:
    assert citation(metadata.of_paper(paper)) == {}
    assert json_ld(metadata.of_paper(paper))[0]["headline"]


def test_the_metadata_of_a_paper_stay_small() -> None:
    title = "A Title of Some Seventy Letters, as Most Papers of the Field Have It"
    typical = replace(FULL, title=title, authors=FULL.authors[:4])
    assert len(metadata.of_paper(typical).partition("<script")[2].encode()) <= MAX_JSON_LD
    crowd = replace(FULL, authors=named(*(f"Author {number}" for number in range(3000))))
    assert len(citation(metadata.of_paper(crowd))["citation_author"]) == MOST_AUTHORS


def test_a_list_names_its_first_papers_and_its_feeds() -> None:
    papers = [Paper(id=f"p-{number}", title="x") for number in range(30)]
    inside = metadata.of_list(
        "https://example.org/tea/", "topics/a/index.md", papers, ("A", "feeds/topics/a.xml")
    )
    (found,) = json_ld(inside)
    assert found["@type"] == "ItemList"
    assert [item["position"] for item in found["itemListElement"]] == list(range(1, MOST_ITEMS + 1))
    assert found["itemListElement"][0]["url"] == "https://example.org/tea/papers/p-0/"
    link = lxml_html.fromstring(document(inside)).find("head/link")
    assert (link.get("type"), link.get("href")) == ("application/atom+xml", "../../feeds/topics/a.xml")
    assert '"../../papers/p-0/"' in metadata.of_list("", "topics/a/index.md", papers)


@given(st.one_of(st.sampled_from(HOSTILE_TITLES), st.text(min_size=1)))
def test_no_text_leaves_its_place(words: str) -> None:
    shown = plain_names(named(f"A{words}"))
    inside = metadata.of_paper(replace(FULL, title=words, authors=named(f"A{words}"), venue=words))
    tree = lxml_html.fromstring(document(re.sub("[\x00-\x08\x0b-\x1f]", "", inside)))
    assert {element.tag for element in tree.iter()} == {"html", "head", "title", "meta", "script", "body"}
    assert len(tree.findall(".//script")) == 1
    script = re.findall(r"<script[^>]*>(.*?)</script>", inside, re.DOTALL)
    assert [author["name"] for author in json.loads(script[0])["author"]] == list(shown)


# Files


def test_the_site_map_has_every_page_once_and_real_days() -> None:
    of = published(context())
    (output,) = sitemap(of)
    root = etree.fromstring(output.content())
    found = {entry.findtext(f"{SITEMAP}loc"): entry.findtext(f"{SITEMAP}lastmod") for entry in root}
    assert set(found) == {f"https://example.org/tea/{urls.address(page.path)}" for page in of.pages}
    assert len(root) == len(of.pages)
    assert found["https://example.org/tea/editions/tea-daily-2024-10-02/"] == "2024-10-02"
    assert found["https://example.org/tea/"] is None


def test_a_long_site_map_is_split_with_an_index() -> None:
    of = published(context())
    index, *parts = sitemap(of, most=7)
    root = etree.fromstring(index.content())
    assert root.tag == f"{SITEMAP}sitemapindex"
    assert [loc.text for loc in root.iter(f"{SITEMAP}loc")] == [
        f"https://example.org/tea/{part.path}" for part in parts
    ]
    counts = [len(etree.fromstring(part.content())) for part in parts]
    assert sum(counts) == len(of.pages)
    assert max(counts) == 7


def test_without_an_address_nothing_claims_one() -> None:
    of = published(context(url=None))
    assert [*sitemap(of), *opensearch(of)] == []
    (output,) = robots(of)
    assert b"Sitemap" not in output.content()


def test_a_browser_finds_the_search() -> None:
    (output,) = opensearch(published(context()))
    root = etree.fromstring(output.content())
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == f"{space}OpenSearchDescription"
    assert len(root.findtext(f"{space}ShortName")) <= 16
    assert root.find(f"{space}Url").get("template") == "https://example.org/tea/browse/?q={searchTerms}"


def test_robots_are_told_where_the_site_map_is() -> None:
    (output,) = robots(published(context()))
    assert "\nSitemap: https://example.org/tea/sitemap.xml\n" in output.content().decode()


def test_programs_that_read_find_every_topic() -> None:
    (output,) = llms(published(context()))
    text = output.content().decode()
    assert text.startswith("# The Tea Shelf\n\n> Papers about tea")
    links = re.findall(r"^- \[.*\]\((\S+)\)", text, re.MULTILINE)
    assert "https://example.org/tea/topics/brewing/index.md" in links
    assert len(links) == len(set(links))
