"""Metadata in the head of a page, as safe HTML, for search engines, reference managers and feed readers."""

import json
from collections.abc import Iterable, Iterator, Mapping

from markupsafe import escape

from papershelf import text
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.core.person import Author
from papershelf.text import people
from papershelf.views.taxonomy import PaperGroup, Taxonomy
from papershelf.views.words import Words

MOST_AUTHORS = 10
MOST_ITEMS = 10
_SCHEMA = "https://schema.org"
_TYPES: Mapping[urls.FeedFormat, str] = {"xml": "application/atom+xml", "json": "application/feed+json"}


def of_paper(paper: Paper) -> str:
    """A paper as JSON-LD, and as `citation_*` tags if its authors and date are known."""
    tags = (
        f'<meta name="citation_{name}" content="{escape(value)}">' for name, value in _citation_tags(paper)
    )
    return "\n".join([*tags, _json_ld(_article(paper))])


def of_list(site: str, page: str, papers: Iterable[Paper], feed: tuple[str, ...] = ()) -> str:
    """The first papers of a list as JSON-LD, and links to its feeds.

    site: the site's address, ending in a slash, "" if unknown. feed: the title of its feeds and their paths.
    """
    pages = [urls.paper(paper.id) for _, paper in zip(range(MOST_ITEMS), papers, strict=False)]
    items = [
        {"@type": "ListItem", "position": place, "url": _page_url(site, page, target)}
        for place, target in enumerate(pages, start=1)
    ]
    linked = [feed_link(page, path, feed[0]) for path in feed[1:]]
    found = {"@type": "ItemList", "itemListElement": items}
    return "\n".join([*linked, *([_json_ld(found)] if items else [])])


def feed_link(page: str, feed: str, title: str) -> str:
    """The link by which feed readers discover a feed, given by its path."""
    kind = _TYPES["json" if feed.endswith(".json") else "xml"]
    href = urls.relative(page, feed)
    return f'<link rel="alternate" type="{kind}" title="{escape(text.plain(title))}" href="{escape(href)}">'


def group_feeds(words: Words, taxonomy: Taxonomy, group: PaperGroup) -> tuple[str, ...]:
    """The title of a group's feeds and their paths; empty if the taxonomy has no feeds."""
    if not taxonomy.feed_title:
        return ()
    title = taxonomy.feed_title(words).format(title=group.title)
    return title, taxonomy.feed(group.id, "xml"), taxonomy.feed(group.id, "json")


def _citation_tags(paper: Paper) -> Iterator[tuple[str, str]]:
    if not paper.authors or not paper.published:
        return
    yield "title", text.plain(paper.title)
    yield from (("author", name) for name in people.plain_names(paper.authors[:MOST_AUTHORS]))
    yield "publication_date", str(paper.published).replace("-", "/")
    known = (("doi", paper.doi), ("arxiv_id", paper.arxiv), ("pdf_url", paper.pdf))
    yield from ((name, value) for name, value in known if value)


def _article(paper: Paper) -> Mapping[str, object]:
    same = [page for page in (paper.arxiv_page, paper.doi_page) if page]
    fields = {
        "@type": "ScholarlyArticle",
        "headline": text.plain(paper.title),
        "author": [_author(each) for each in paper.authors[:MOST_AUTHORS]],
        "datePublished": str(paper.published) if paper.published else "",
        "creativeWorkStatus": "Withdrawn" if paper.withdrawn else "",
        "sameAs": same,
    }
    return {name: value for name, value in fields.items() if value}


def _author(author: Author) -> Mapping[str, str]:
    kind = "Organization" if people.is_group(author) else "Person"
    found = {"@type": kind, "name": text.plain(people.shown(author))}
    return found | ({"@id": f"https://orcid.org/{author.orcid}"} if author.orcid else {})


def _page_url(site: str, page: str, target: str) -> str:
    return site + urls.address(target) if site else urls.in_browser(urls.relative(page, target))


def _json_ld(item: Mapping[str, object]) -> str:
    """A script element with JSON-LD; `<` is escaped, so that no text ends the script or opens a comment."""
    written = json.dumps({"@context": _SCHEMA, **item}, ensure_ascii=False, separators=(",", ":"))
    return f'<script type="application/ld+json">{written.replace("<", chr(92) + "u003c")}</script>'
