"""What was new in each week in which a listing was captured: the list of weeks, and a page for each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from papershelf import text
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.views.components import Anchor, CountedLink, PageRef, page_link, topic_links
from papershelf.views.context import Labels, Page, PageOutput, SiteContext
from papershelf.views.news import NewsItem, NewsSection, news_item, news_sections
from papershelf.views.words import Words


@dataclass(frozen=True, slots=True)
class DigestView:
    """What was new in a week."""

    title: str
    count: str
    up: Anchor
    sections: tuple[NewsSection, ...]


@dataclass(frozen=True, slots=True)
class DigestsView:
    """The weeks with the number of papers that were new in each."""

    title: str
    intro: str
    weeks: tuple[CountedLink, ...]


def digests(context: SiteContext) -> Iterator[Page | PageOutput]:
    """The list of weeks and the page of each, newest first; none if no listing has a date."""
    words, weeks = context.words, _weeks(context)
    if not weeks:
        return
    counted = tuple(
        CountedLink(page_link(urls.DIGESTS, _week_page(words, monday)), words.papers.of(len(papers)))
        for monday, papers in weeks.items()
    )
    view = DigestsView(words.digest.title, words.digest.intro, counted)
    yield Page(urls.DIGESTS, "digests.md", view.title, view.intro, view)
    for monday, papers in weeks.items():
        yield PageOutput(urls.digest(monday), _digest_page, (context.labels, monday, papers))


def _weeks(context: SiteContext) -> Mapping[date, tuple[Paper, ...]]:
    """The papers that were new in each week, by its Monday, newest week first."""
    weeks: defaultdict[date, list[Paper]] = defaultdict(list)
    for paper in context.library.papers.values():
        if day := context.listed.get(paper.id):
            weeks[day - timedelta(days=day.weekday())].append(paper)
    return {monday: tuple(weeks[monday]) for monday in sorted(weeks, reverse=True)}


def _week_page(words: Words, monday: date) -> PageRef:
    return words.digest.week.format(date=words.day(monday)), urls.digest(monday)


def _digest_page(labels: Labels, monday: date, papers: tuple[Paper, ...]) -> Page:
    words, (title, page) = labels.words, _week_page(labels.words, monday)

    def link_topic(topic: str) -> Anchor:
        return topic_links(labels, page, [topic])[0]

    def make_item(paper: Paper) -> NewsItem:
        return news_item(words, paper, page_link(page, (paper.title, urls.paper(paper.id))))

    view = DigestView(
        title=title,
        count=words.papers.of(len(papers)),
        up=page_link(page, (words.digest.title, urls.DIGESTS)),
        sections=news_sections(labels, papers, link_topic, make_item),
    )
    return Page(page, "digest.md", text.plain(title), f"{title}: {view.count}.", view)
