"""What was new in each week in which a listing was captured: the list of weeks, and a page for each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from papershelf import text
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.views.components import Anchor, Counted, authors, link_label, topic_links
from papershelf.views.context import Labels, Page, PageOutput, SiteContext, description
from papershelf.views.news import MOST_OF_A_TOPIC, by_topic, more
from papershelf.views.pagination import anchor


@dataclass(frozen=True, slots=True)
class Item:
    """A new paper: its page, what it says, what is known of it, and its code; "" for what is not known."""

    link: Anchor
    summary: str
    facts: str
    code: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The first new papers of a topic; `more` says how many there are besides, "" if these are all."""

    topic: Anchor
    items: tuple[Item, ...]
    more: str


@dataclass(frozen=True, slots=True)
class DigestView:
    """What was new in a week."""

    title: str
    count: str
    up: Anchor
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class DigestsView:
    """The weeks with the number of papers that were new in each."""

    title: str
    intro: str
    weeks: tuple[Counted, ...]


def digests(context: SiteContext) -> Iterator[Page | PageOutput]:
    """The list of weeks and the page of each, newest first; none where no listing has a date."""
    words, weeks = context.words, _weeks(context)
    if not weeks:
        return
    counted = tuple(
        Counted(
            anchor(urls.DIGESTS, (words.digest.week.format(date=words.day(monday)), urls.digest(monday))),
            words.papers.of(len(papers)),
        )
        for monday, papers in weeks.items()
    )
    view = DigestsView(words.digest.title, words.digest.intro, counted)
    yield Page(urls.DIGESTS, "digests.md", view.title, view.intro, view)
    for monday, papers in weeks.items():
        yield PageOutput(urls.digest(monday), _page, (context.labels, monday, papers))


def _weeks(context: SiteContext) -> Mapping[date, tuple[Paper, ...]]:
    """The papers that were new in each week, by its Monday."""
    found: defaultdict[date, list[Paper]] = defaultdict(list)
    for paper in context.library.papers.values():
        if day := context.listed.get(paper.id):
            found[day - timedelta(days=day.weekday())].append(paper)
    return {monday: tuple(found[monday]) for monday in sorted(found, reverse=True)}


def _page(labels: Labels, monday: date, papers: tuple[Paper, ...]) -> Page:
    words, page = labels.words, urls.digest(monday)
    title = words.digest.week.format(date=words.day(monday))
    view = DigestView(
        title=title,
        count=words.papers.of(len(papers)),
        up=anchor(page, (words.digest.title, urls.DIGESTS)),
        sections=tuple(
            Section(
                topic_links(labels, page, [topic])[0],
                tuple(_item(labels, page, paper) for paper in found[:MOST_OF_A_TOPIC]),
                more(words, labels.topic_titles[topic], len(found)),
            )
            for topic, found in by_topic(labels, papers).items()
        ),
    )
    return Page(page, "digest.md", text.plain(title), f"{title}: {view.count}.", view)


def _item(labels: Labels, page: str, paper: Paper) -> Item:
    return Item(
        anchor(page, (paper.title, urls.paper(paper.id))),
        description(paper.summary or ""),
        " · ".join(filter(None, (authors(labels.words, paper), paper.venue))),
        tuple(Anchor(link_label(link), link.url) for link in paper.links if link.kind == "repository"),
    )
