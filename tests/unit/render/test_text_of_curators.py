r"""One text of a curator on its way through everything: the page, cards, feeds, data, search."""

import json
from html import unescape

import feedparser
import markdown

from papershelf import pages
from papershelf.core import urls
from papershelf.exports import Published
from papershelf.exports.feeds import feeds
from papershelf.library.library import build_library
from papershelf.render import html, templates
from papershelf.search import documents
from papershelf.text.page_html import EXTENSIONS
from papershelf.views.context import SiteContext
from support.contents import content, listing
from support.fabricated import CONFIG
from support.project import ROOT
from support.site import formats

WORDS = templates.load_words(ROOT / "templates")
ENVIRONMENT = templates.environment(ROOT / "templates", WORDS)
DECISIONS = r"""
- paper: Cups
  title: 'Schr\"odinger \emph{x} \& $\alpha$ of $\binom{n}{k}$'
  summary: 'It is ﬁne-tuned on $\binom{n}{k}$ cups.'
  tags: ["cafe\u0301"]
- paper: Pots
  tags: ["caf\u00e9"]
"""
PLAIN = r"Schrödinger x & α of $\binom{n}{k}$"
BINOMIAL = "<mfrac linethickness="


def context() -> SiteContext:
    library, _ = build_library(
        content([listing("tea", "2024-10-02", {"title": "Cups"}, {"title": "Pots"})], DECISIONS)
    )
    return SiteContext(library, CONFIG, WORDS)


def html_of(path: str) -> str:
    planned = {output.path: output.content() for output in pages.plan(context())}
    return html.to_html(templates.render_template(planned[path], ENVIRONMENT)).html


def test_the_heading_shows_letters_emphasis_and_mathematics() -> None:
    heading = html_of(urls.paper("cups")).partition("</h1>")[0]
    assert "Schrödinger <em>x</em> &amp; α of <span><math>" in heading
    assert BINOMIAL in heading
    assert "$" not in heading


def test_cards_and_summaries_show_mathematics() -> None:
    card = html_of(urls.edition("tea")).partition("</article>")[0]
    assert card.count(BINOMIAL) == 2
    assert "fine-tuned" in card


def test_the_renderer_and_our_own_html_show_the_same() -> None:
    planned = {output.path: output.content() for output in pages.plan(context())}
    for path in (urls.paper("cups"), urls.edition("tea")):
        source = templates.render(planned[path], ENVIRONMENT).partition("\n---\n")[2]
        by_markdown = markdown.markdown(source, extensions=[*EXTENSIONS])
        assert by_markdown.count(BINOMIAL) == html_of(path).count(BINOMIAL) > 0


def test_titles_of_windows_are_plain() -> None:
    planned = {output.path: output.content() for output in pages.plan(context())}
    assert planned[urls.paper("cups")].title == PLAIN


def test_feeds_have_plain_titles_and_mathematics_in_their_content() -> None:
    made = {each.path: each.content() for each in feeds(Published(context(), (), 0))}
    entry = next(each for each in feedparser.parse(made["feeds/new.xml"]).entries if "cups" in each.link)
    item = next(each for each in json.loads(made["feeds/new.json"])["items"] if each["title"] == PLAIN)
    assert unescape(entry.title) == PLAIN
    assert BINOMIAL in made["feeds/new.xml"].decode().replace("&lt;", "<")
    assert BINOMIAL in item["content_html"]
    editions = json.loads(made["feeds/editions.json"])["items"]
    assert BINOMIAL in editions[0]["content_html"]


def test_data_and_search_have_plain_text() -> None:
    shown = context()
    data = json.loads(formats(shown)["cups"].full)
    assert (data["title"], data["tags"]) == (PLAIN, ["café"])
    assert data["summary"] == r"It is fine-tuned on $\binom{n}{k}$ cups."
    assert "Schr" in data["title"]
    assert {each.tags for each in shown.library.papers.values()} == {("café",)}
    found = documents.document(shown.labels, shown.library.papers["cups"], ())
    assert found.title == PLAIN
    assert any("fine-tuned" in words for _, words in found.texts)
    assert b"Schr" in formats(shown)["cups"].bibtex
