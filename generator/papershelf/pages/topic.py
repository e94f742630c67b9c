"""The papers of a topic, and of those that no topic matches."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations, islice
from math import sqrt
from typing import Final

from papershelf.content.topics import UNSORTED, Topic, with_wider
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.views import charts, data_links, metadata
from papershelf.views.charts import Chart
from papershelf.views.components import Anchor, Group, topic_links
from papershelf.views.context import PageOutput, SiteContext
from papershelf.views.pagination import PaperList, list_pages, year_of
from papershelf.views.words import Words

FIRST: Final = 5
NEAREST: Final = 4
SHARED: Final = 3
YEARS: Final = 30


def topic(context: SiteContext) -> Iterator[PageOutput]:
    """The pages of every topic; "Unsorted" has some only where there are such papers."""
    words, near = context.words, nearest(context)
    for each in context.library.topics:
        up = (context.topic_titles[each.parent], urls.topic(each.parent)) if each.parent else None
        newest_first = context.papers(context.library.in_topic.get(each.id, ()))
        first = tuple(islice((paper for paper in newest_first if paper.featured), FIRST))
        rest = tuple(paper for paper in newest_first if paper not in first)
        papers = PaperList(
            path=urls.topic(each.id),
            title=each.title,
            intro="",
            note=each.description or "",
            mark=each.colour or "",
            up=up or (words.topics, urls.TOPICS),
            papers=(*first, *rest),
            heading=_heading(words, first),
            groups=partial(_groups, context, each, each.related or near.get(each.id, ())),
            chart=papers_per_year(words, newest_first),
            data=partial(_data, words, each.id, cited=context.all_formats, browsed=bool(newest_first)),
            jumps=tuple(dict.fromkeys(map(year_of(words), rest))),
            improve=context.edit(context.library.topic_edits.get(each.id)),
            feeds=metadata.topic_feeds(context.words, each.id, each.title),
        )
        yield from list_pages(context, papers)
    if unsorted := context.papers(context.library.in_topic.get(UNSORTED, ())):
        papers = PaperList(
            path=urls.topic(UNSORTED),
            title=words.unsorted,
            intro=words.unsorted_intro,
            up=(words.topics, urls.TOPICS),
            papers=unsorted,
            heading=year_of(words),
            feeds=metadata.topic_feeds(words, UNSORTED, words.unsorted),
            chart=papers_per_year(words, unsorted),
            data=partial(_data, words, UNSORTED, cited=False),
            jumps=tuple(dict.fromkeys(map(year_of(words), unsorted))),
        )
        yield from list_pages(context, papers)


def _data(words: Words, topic_id: str, page: str, *, cited: bool, browsed: bool = True) -> tuple[Anchor, ...]:
    browse = f"{urls.in_browser(urls.relative(page, urls.BROWSE))}?topic={topic_id}"
    narrow = (Anchor(words.browse.narrow, browse),) if browsed else ()
    return (*data_links.to_topic(words, page, topic_id, cited=cited), *narrow)


def papers_per_year(words: Words, papers: Sequence[Paper]) -> Chart | None:
    """The chart of the last `YEARS` years with a bar for each; None where it would have a single bar."""
    years = Counter(paper.published.year for paper in papers if paper.published)
    if len(years) <= 1:
        return None
    span = range(max(min(years), max(years) - YEARS + 1), max(years) + 1)
    undated = len(papers) - sum(years.values())
    note = words.undated_count.of(undated) if undated else ""
    return charts.bars([(str(year), years[year]) for year in span], words.papers_per_year, note=note)


def nearest(context: SiteContext) -> Mapping[str, tuple[str, ...]]:
    """The topics that share most papers with each, by id: related ones where topics.yml names none."""
    wider, members = with_wider(context.library.topics), context.library.in_topic
    shared = Counter(
        pair for paper in context.library.papers.values() for pair in combinations(sorted(paper.topics), 2)
    )
    found: dict[str, list[tuple[float, str]]] = {}
    for (one, other), papers in shared.items():
        apart = one not in wider.get(other, ()) and other not in wider.get(one, ())
        if papers >= SHARED and apart:
            closeness = papers / sqrt(len(members[one]) * len(members[other]))
            found.setdefault(one, []).append((-closeness, other))
            found.setdefault(other, []).append((-closeness, one))
    return {one: tuple(other for _, other in sorted(others)[:NEAREST]) for one, others in found.items()}


def _heading(words: Words, first: Sequence[Paper]) -> Callable[[Paper], str]:
    by_year = year_of(words)
    featured = {paper.id for paper in first}
    return lambda paper: words.featured_papers if paper.id in featured else by_year(paper)


def _groups(context: SiteContext, topic: Topic, related: Sequence[str], page: str) -> tuple[Group, ...]:
    """The topics that are part of one and those related to it, as far as there are any."""
    narrower = (other.id for other in context.library.topics if other.parent == topic.id)
    groups = (
        Group(context.words.narrower_topics, topic_links(context.labels, page, narrower)),
        Group(context.words.related_topics, topic_links(context.labels, page, related)),
    )
    return tuple(group for group in groups if group.links)
