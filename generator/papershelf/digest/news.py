"""What is new since a day, ready to be told in a message."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from papershelf import text
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.incremental import fingerprint
from papershelf.views.components import authors, link_label
from papershelf.views.context import SiteContext, description
from papershelf.views.news import MOST_OF_A_TOPIC, by_topic, more


@dataclass(frozen=True, slots=True)
class Anchor:
    """Text and where it leads, a web address; "" where there is none."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Item:
    """A new paper; texts that are not known are ""."""

    title: Anchor
    facts: str
    summary: str
    code: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The first new papers of a topic; `more` leads to the others, its text "" if these are all."""

    title: str
    items: tuple[Item, ...]
    more: Anchor


@dataclass(frozen=True, slots=True)
class News:
    """A digest. `id` stands for the papers in it, whatever is said about them."""

    id: str
    subject: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    all: Anchor
    why: str


def news(context: SiteContext, since: date, topics: Collection[str] = ()) -> News | None:
    """What the list got since a day, that one included, of all or some topics; None if nothing."""
    papers = [
        paper
        for paper in context.library.papers.values()
        if context.added.get(paper.id, date.min) >= since
        and (not topics or any(paper.id in context.library.in_topic[topic] for topic in topics))
    ]
    if not papers:
        return None
    words, title = context.words, context.config.title
    said = {"papers": words.papers.of(len(papers)), "date": words.day(since), "title": title}
    return News(
        id=fingerprint.of((title, tuple(sorted(paper.id for paper in papers)))).hex(),
        subject=words.digest.subject.format(**said),
        title=title,
        lead=words.digest.since.format(**said),
        sections=tuple(
            _section(context, topic, found) for topic, found in by_topic(context.labels, papers).items()
        ),
        all=Anchor(
            words.digest.all if context.site else "",
            _page(context, urls.DIGESTS if context.listed else urls.HOME),
        ),
        why=words.digest.why.format(title=title),
    )


def _section(context: SiteContext, topic: str, papers: tuple[Paper, ...]) -> Section:
    title = text.plain(context.topic_titles[topic])
    return Section(
        title,
        tuple(_item(context, paper) for paper in papers[:MOST_OF_A_TOPIC]),
        Anchor(more(context.words, title, len(papers)), _page(context, urls.topic(topic))),
    )


def _item(context: SiteContext, paper: Paper) -> Item:
    facts = (
        authors(context.words, paper),
        paper.venue,
        context.words.day(paper.published) if paper.published else "",
    )
    return Item(
        Anchor(text.plain(paper.title), _page(context, urls.paper(paper.id)) or _source(paper)),
        " · ".join(filter(None, facts)),
        description(paper.summary or paper.abstract or ""),
        tuple(Anchor(link_label(link), link.url) for link in paper.links if link.kind == "repository"),
    )


def _page(context: SiteContext, page: str) -> str:
    return context.site + urls.address(page) if context.site else ""


def _source(paper: Paper) -> str:
    return paper.arxiv_page or paper.doi_page or paper.url or ""
