"""Feeds and their entries, independent of the format in which they are written."""

import uuid
from dataclasses import dataclass
from datetime import date

from markupsafe import escape

from papershelf import text
from papershelf.core import urls
from papershelf.core.model import Link, Listing, Paper
from papershelf.core.partial_date import PartialDate
from papershelf.text import notes, people
from papershelf.views.components import authors, link_label
from papershelf.views.context import Labels, description

MOST_AUTHORS = 5
_NAMES = uuid.uuid5(uuid.NAMESPACE_DNS, "papershelf")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed.

    id: an IRI that never changes. page: the path of its page. html: safe HTML.
    added, published: when the list got it, and when it was published, None if unknown.
    topics: ids and titles.
    """

    id: str
    page: str
    title: str
    html: str
    added: date | None
    published: PartialDate | None = None
    authors: tuple[str, ...] = ()
    topics: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def day(self) -> date | None:
        """When the list got it, else the first day on which it may have been published."""
        return self.added or (self.published.first_day if self.published else None)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed without its entries.

    stem: its path without the format's suffix. page: the path of the page that it follows.
    site: the site's address, ending in a slash, "" if unknown. author: who keeps the list.
    since: the day since which entries without a date are said to be there, as Atom has none without.
    """

    stem: str
    page: str
    title: str
    about: str
    site: str
    author: str
    language: str
    since: date


def permalink(site: str, address: str) -> str:
    """An id for what has this address within the site: the whole URL, or a UUID if the site's is unknown."""
    return site + address if site else uuid.uuid5(_NAMES, address).urn


def paper_entry(labels: Labels, paper: Paper, added: date | None, note: str = "") -> FeedEntry:
    """A paper as an entry; `note` is the curator's Markdown on it in this feed."""
    first = (*paper.former_ids, paper.id)[0]
    return FeedEntry(
        id=permalink(labels.site, urls.address(urls.paper(first))),
        page=urls.paper(paper.id),
        title=text.plain(paper.title),
        html=_paper_html(labels, paper, note),
        added=added,
        published=paper.published,
        authors=people.plain_names(paper.authors[:MOST_AUTHORS]),
        topics=tuple((topic, labels.topic_titles[topic]) for topic in paper.topics),
        links=paper.links,
    )


def edition_entry(
    labels: Labels, listing: Listing, first: tuple[tuple[str, str], ...], count: int
) -> FeedEntry:
    """An edition as an entry with the ids and titles of its first papers; `count`: number of all papers."""
    page, words = urls.edition(listing.id), labels.words
    titles = "".join(f"<li>{_paper_link(labels.site, *paper)}</li>" for paper in first)
    count_html = f"<p>{escape(words.papers.of(count))}</p>"
    return FeedEntry(
        id=permalink(labels.site, urls.address(page)),
        page=page,
        title=text.plain(listing.title),
        html=f"{count_html}<ol>{titles}</ol>" if titles else count_html,
        added=listing.captured,
    )


def _paper_html(labels: Labels, paper: Paper, note: str) -> str:
    """A paper in HTML: whether it is withdrawn, its summary, facts, the curator's notes, and its code."""
    words = labels.words
    summary = paper.summary or description(paper.abstract or "")
    day = words.partial_date(paper.published) if paper.published else ""
    published = words.feeds.published.format(date=day) if day else ""
    facts = " · ".join(filter(None, (authors(words, paper), paper.venue, published)))
    code = "".join(f"<li>{_resource_html(labels, link)}</li>" for link in paper.links)
    return "".join(
        (
            f"<p><strong>{escape(words.withdrawn)}.</strong> {text.html(paper.withdrawn)}</p>"
            if paper.withdrawn
            else "",
            f"<p>{text.html(summary)}</p>" if summary else "",
            f"<p>{text.html(facts)}</p>" if facts else "",
            *(notes.render(each) for each in (note, paper.note or "") if each),
            f"<ul>{code}</ul>" if code else "",
        )
    )


def _resource_html(labels: Labels, link: Link) -> str:
    kind = labels.words.link_kinds[link.kind]
    return f'<a href="{escape(link.url)}">{escape(link_label(link))}</a> ({escape(kind)})'


def _paper_link(site: str, paper_id: str, title: str) -> str:
    words = text.html(title)
    return f'<a href="{escape(site)}{urls.address(urls.paper(paper_id))}">{words}</a>' if site else words
