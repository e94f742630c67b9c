"""A digest: the papers that are new since a day, as plain texts and web addresses."""

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
    """A text and the web address that it links to, "" if it links to none."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class DigestPaper:
    """A new paper; unknown texts are ""."""

    title: Anchor
    facts: str
    summary: str
    code: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class DigestSection:
    """The first new papers of a topic; `more` links to the others, its text is "" if there are none."""

    title: str
    papers: tuple[DigestPaper, ...]
    more: Anchor


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest; `id` depends on the site's title and the papers in it, not on their texts."""

    id: str
    subject: str
    title: str
    lead: str
    sections: tuple[DigestSection, ...]
    all: Anchor
    why: str


def make_digest(context: SiteContext, since: date, topics: Collection[str] = ()) -> Digest | None:
    """The papers first listed on or after `since`, of all or some topics; None if there are none."""
    papers = [
        paper
        for paper in context.library.papers.values()
        if context.added.get(paper.id, date.min) >= since
        and (not topics or any(paper.id in context.library.in_topic[topic] for topic in topics))
    ]
    if not papers:
        return None
    words, title = context.words, context.config.title
    values = {"papers": words.papers.of(len(papers)), "date": words.day(since), "title": title}
    return Digest(
        id=fingerprint.of((title, tuple(sorted(paper.id for paper in papers)))).hex(),
        subject=words.digest.subject.format(**values),
        title=title,
        lead=words.digest.since.format(**values),
        sections=tuple(
            _digest_section(context, topic, found)
            for topic, found in by_topic(context.labels, papers).items()
        ),
        all=Anchor(
            words.digest.all if context.site else "",
            _page_url(context, urls.DIGESTS if context.listed else urls.HOME),
        ),
        why=words.digest.why.format(title=title),
    )


def _digest_section(context: SiteContext, topic: str, papers: tuple[Paper, ...]) -> DigestSection:
    title = text.plain(context.topic_titles[topic])
    return DigestSection(
        title,
        tuple(_digest_paper(context, paper) for paper in papers[:MOST_OF_A_TOPIC]),
        Anchor(more(context.words, title, len(papers)), _page_url(context, urls.topic(topic))),
    )


def _digest_paper(context: SiteContext, paper: Paper) -> DigestPaper:
    facts = (
        authors(context.words, paper),
        paper.venue,
        context.words.day(paper.published) if paper.published else "",
    )
    return DigestPaper(
        Anchor(text.plain(paper.title), _page_url(context, urls.paper(paper.id)) or _source_url(paper)),
        " · ".join(filter(None, facts)),
        description(paper.summary or paper.abstract or ""),
        tuple(Anchor(link_label(link), link.url) for link in paper.links if link.kind == "repository"),
    )


def _page_url(context: SiteContext, page: str) -> str:
    return context.site + urls.address(page) if context.site else ""


def _source_url(paper: Paper) -> str:
    return paper.arxiv_page or paper.doi_page or paper.url or ""
