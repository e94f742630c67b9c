"""What feeds consist of, before it is written in one format or another."""

import uuid
from dataclasses import dataclass
from datetime import date

from markupsafe import escape

from papershelf import text
from papershelf.core import urls
from papershelf.core.model import Link, Listing, Paper
from papershelf.text import notes
from papershelf.views.components import authors, link_label
from papershelf.views.context import Labels, description

MOST_AUTHORS = 5
_NAMES = uuid.uuid5(uuid.NAMESPACE_DNS, "papershelf")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    id: an IRI that stays the same whatever else changes. page: the path of its page. html: safe HTML.
    added, published: when the list got it, and when it came out; None where that is not known.
    topics: ids and titles.
    """

    id: str
    page: str
    title: str
    html: str
    added: date | None
    published: date | None = None
    authors: tuple[str, ...] = ()
    topics: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and where it stands: `stem` is its path without the format, `page` what it is the feed of.

    site: the site's address, ending in a slash; "" where it is not known. author: who keeps the list.
    """

    stem: str
    page: str
    title: str
    about: str
    site: str
    author: str
    language: str


def permalink(site: str, address: str) -> str:
    """The id of what has this address in the site: the whole address, or a name made of it."""
    return site + address if site else uuid.uuid5(_NAMES, address).urn


def of_paper(labels: Labels, paper: Paper, added: date | None, why: str = "") -> Entry:
    """A paper as an entry; `why` is the curator's Markdown on why to read it there."""
    first = (*paper.former_ids, paper.id)[0]
    return Entry(
        id=permalink(labels.site, urls.address(urls.paper(first))),
        page=urls.paper(paper.id),
        title=text.plain(paper.title),
        html=_about(labels, paper, why),
        added=added,
        published=paper.published,
        authors=paper.authors[:MOST_AUTHORS],
        topics=tuple((topic, labels.topic_titles[topic]) for topic in paper.topics),
        links=paper.links,
    )


def of_edition(labels: Labels, listing: Listing, first: tuple[tuple[str, str], ...], count: int) -> Entry:
    """An edition as an entry, which names its first papers, given by id and title; `count`: of all."""
    page, words = urls.edition(listing.id), labels.words
    titles = "".join(f"<li>{_named(labels.site, *paper)}</li>" for paper in first)
    every = f"<p>{escape(words.papers.of(count))}</p>"
    return Entry(
        id=permalink(labels.site, urls.address(page)),
        page=page,
        title=text.plain(listing.title),
        html=f"{every}<ol>{titles}</ol>" if titles else every,
        added=listing.captured,
    )


def _about(labels: Labels, paper: Paper, why: str) -> str:
    """What it says, who wrote it and when, what the curator thinks, and where its code is."""
    words = labels.words
    said = paper.summary or description(paper.abstract or "")
    came_out = words.feeds.published.format(date=words.day(paper.published)) if paper.published else ""
    facts = " · ".join(filter(None, (authors(words, paper), paper.venue, came_out)))
    code = "".join(f"<li>{_linked(labels, link)}</li>" for link in paper.links)
    return "".join(
        (
            f"<p><strong>{escape(words.withdrawn)}.</strong> {escape(paper.withdrawn)}</p>"
            if paper.withdrawn
            else "",
            f"<p>{text.to_html(text.escape(said))}</p>" if said else "",
            f"<p>{escape(facts)}</p>" if facts else "",
            *(notes.render(note) for note in (why, paper.note or "") if note),
            f"<ul>{code}</ul>" if code else "",
        )
    )


def _linked(labels: Labels, link: Link) -> str:
    kind = labels.words.link_kinds[link.kind]
    return f'<a href="{escape(link.url)}">{escape(link_label(link))}</a> ({escape(kind)})'


def _named(site: str, paper_id: str, title: str) -> str:
    words = escape(text.plain(title))
    return f'<a href="{escape(site)}{urls.address(urls.paper(paper_id))}">{words}</a>' if site else str(words)
