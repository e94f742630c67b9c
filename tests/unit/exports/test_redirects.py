"""Renamed papers and topics are still found where they were."""

from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Page

from papershelf.cli import main
from papershelf.content.topics import Topic
from papershelf.core.model import Paper
from papershelf.exports import Published
from papershelf.exports.redirects import moved
from papershelf.library import redirects
from papershelf.render import templates
from papershelf.views.context import SiteContext
from support import fabricated
from support.fabricated import BARE, CONFIG, FULL, HOSTILE_TITLES
from support.project import TESTS, copy_project

WORDS = templates.load_words(TESTS.parent / "templates")
RENAMED = replace(FULL, former_ids=("steeping", "steeping-2"))
OLD_TOPIC = Topic(id="kettles", title="Kettles", aliases=("pots",))


class Parts(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def pages_of(*papers: Paper, url: str | None = CONFIG.url) -> dict[str, Parts]:
    config = CONFIG.model_copy(update={"url": url})
    published = Published(SiteContext(fabricated.library(papers), config, WORDS), (), 0)
    return {each.path: Parts(each.content().decode()) for each in moved(published)}


def test_former_ids_and_aliases_lead_to_what_they_are_now() -> None:
    library = replace(fabricated.library([RENAMED, BARE]), topics=(OLD_TOPIC,))
    assert redirects.redirects(library) == {
        "papers/steeping/index.md": "papers/how-long-to-steep/index.md",
        "papers/steeping-2/index.md": "papers/how-long-to-steep/index.md",
        "topics/pots/index.md": "topics/kettles/index.md",
    }


def test_a_redirect_has_a_relative_refresh_and_link_and_the_published_address() -> None:
    page = pages_of(RENAMED)["papers/steeping/index.html"]
    assert ("a", {"href": "../how-long-to-steep/"}) in page.tags
    assert ("meta", {"http-equiv": "refresh", "content": "0; url=../how-long-to-steep/"}) in page.tags
    canonical = f"{CONFIG.url}papers/how-long-to-steep/"
    assert ("link", {"rel": "canonical", "href": canonical}) in page.tags


def test_a_site_without_an_address_has_relative_links_only() -> None:
    page = pages_of(RENAMED, url=None)["papers/steeping/index.html"]
    assert {attributes["href"] for _, attributes in page.tags if "href" in attributes} == {
        "../how-long-to-steep/",
        "data:,",  # no icon: the browser need not ask for one
    }


def test_hostile_titles_stay_text() -> None:
    papers = [
        Paper(id=f"new-{number}", title=title, former_ids=(f"old-{number}",))
        for number, title in enumerate(HOSTILE_TITLES)
    ]
    tags = ["html", "meta", "meta", "title", "link", "link", "meta", "p", "a"]
    made = pages_of(*papers)
    assert len(made) == len(HOSTILE_TITLES)
    for page in made.values():
        assert [tag for tag, _ in page.tags] == tags
        assert all(set(attributes) <= ALLOWED for _, attributes in page.tags)


ALLOWED = {"lang", "charset", "name", "content", "http-equiv", "rel", "href"}


def test_old_addresses_of_a_built_site_lead_on(
    tmp_path: Path, page: Page, serve_site: Callable[..., str]
) -> None:
    project = copy_project(tmp_path / "small", content=TESTS / "small")
    (project / "content/curation/a.yml").write_text(
        "- paper: counting-tulips\n  slug: tulips\n", encoding="utf-8"
    )
    topics = project / "content/topics.yml"
    topics.write_text(
        topics.read_text("utf-8").replace("title: Gardens", "title: Gardens\n  aliases: [yards]"), "utf-8"
    )
    built = CliRunner().invoke(main, ["-C", str(project), "build"])
    assert built.exit_code == 0, built.stderr

    home = serve_site(project / "site", "https://example.org/small/")
    for old, new, title in (
        ("papers/counting-tulips/", "papers/tulips/", "Counting Tulips"),
        ("topics/yards/", "topics/gardens/", "Gardens"),
    ):
        page.goto(home + old, wait_until="commit")
        page.wait_for_url(home + new)
        assert page.locator("h1").inner_text() == title
    sitemap = (project / "site/sitemap.xml").read_text("utf-8")
    assert "papers/tulips/" in sitemap
    assert "papers/counting-tulips/" not in sitemap
