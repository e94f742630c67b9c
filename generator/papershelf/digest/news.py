"""A digest: the papers that are new since a day, as plain texts and web addresses."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import partial

from papershelf import text
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.incremental import fingerprint
from papershelf.views.components import Anchor
from papershelf.views.context import SiteContext
from papershelf.views.news import NewsItem, NewsSection, news_item, news_sections


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest; `id` depends on the site's title and the papers in it, not on their texts."""

    id: str
    subject: str
    title: str
    lead: str
    sections: tuple[NewsSection, ...]
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
        sections=news_sections(
            context.labels, papers, partial(_topic_link, context), partial(_item, context)
        ),
        all=Anchor(
            words.digest.all if context.site else "",
            _page_url(context, urls.DIGESTS if context.listed else urls.HOME),
        ),
        why=words.digest.why.format(title=title),
    )


def _topic_link(context: SiteContext, topic: str) -> Anchor:
    return Anchor(text.plain(context.topic_titles[topic]), _page_url(context, urls.topic(topic)))


def _item(context: SiteContext, paper: Paper) -> NewsItem:
    url = _page_url(context, urls.paper(paper.id)) or _source_url(paper)
    return news_item(context.words, paper, Anchor(text.plain(paper.title), url), complete=True)


def _page_url(context: SiteContext, page: str) -> str:
    return context.site + urls.address(page) if context.site else ""


def _source_url(paper: Paper) -> str:
    return paper.arxiv_page or paper.doi_page or paper.url or ""
