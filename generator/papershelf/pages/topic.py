"""The papers of a topic, and of those that no topic matches."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice
from math import sqrt
from typing import Final

from papershelf.content.topics import Topic, with_wider
from papershelf.core.model import Paper
from papershelf.views import charts, data_links, metadata
from papershelf.views.charts import Chart
from papershelf.views.components import PageRef
from papershelf.views.context import PageOutput, SiteContext
from papershelf.views.paper_list import ListHeader, PaperList, list_pages, year_heading
from papershelf.views.taxonomy import TOPICS, PaperGroup
from papershelf.views.words import Words

MOST_FEATURED: Final = 5
MOST_RELATED: Final = 4
MIN_SHARED: Final = 3
MOST_YEARS: Final = 30


def topic(context: SiteContext) -> Iterator[PageOutput]:
    """The pages of every topic; "Unsorted" has some only if there are such papers."""
    topics = {topic.id: topic for topic in context.library.topics}
    related = related_topics(context)
    for group in context.groups[TOPICS.id]:
        if group.is_rest:
            shown = _by_year(context, group, _unsorted_header(context, group))
        else:
            header = _topic_header(context, topics[group.id], group, related.get(group.id, ()))
            shown = _by_year(context, group, header, MOST_FEATURED)
        yield from list_pages(context, shown)


def papers_per_year(words: Words, papers: Sequence[Paper]) -> Chart | None:
    """A chart with a bar for each of the last `MOST_YEARS` years; None if it would have a single bar."""
    years = Counter(paper.published.year for paper in papers if paper.published)
    if len(years) <= 1:
        return None
    span = range(max(min(years), max(years) - MOST_YEARS + 1), max(years) + 1)
    undated = len(papers) - sum(years.values())
    note = words.undated_count.of(undated) if undated else ""
    return charts.bars([(str(year), years[year]) for year in span], words.papers_per_year, note=note)


def related_topics(context: SiteContext) -> Mapping[str, tuple[str, ...]]:
    """The topics that share most papers with each topic, by its id, for topics that name none themselves.

    Closeness is the cosine similarity of the two sets of papers. Topics that share fewer than `MIN_SHARED`
    papers, or of which one is part of the other, are not related.
    """
    wider, members = with_wider(context.library.topics), context.library.in_topic
    shared = Counter(
        pair for paper in context.library.papers.values() for pair in combinations(sorted(paper.topics), 2)
    )
    ranked: dict[str, list[tuple[float, str]]] = {}
    for (one, other), papers in shared.items():
        is_apart = one not in wider.get(other, ()) and other not in wider.get(one, ())
        if papers >= MIN_SHARED and is_apart:
            closeness = papers / sqrt(len(members[one]) * len(members[other]))
            ranked.setdefault(one, []).append((-closeness, other))
            ranked.setdefault(other, []).append((-closeness, one))
    return {one: tuple(other for _, other in sorted(others)[:MOST_RELATED]) for one, others in ranked.items()}


def _topic_header(
    context: SiteContext, topic: Topic, group: PaperGroup, related: tuple[str, ...]
) -> ListHeader:
    return ListHeader(
        title=topic.title,
        up=_wider_page(context, topic),
        note=topic.description or "",
        mark=group.mark,
        topics=tuple(_topic_rows(context, topic, topic.related or related)),
        improve=context.edit(context.library.topic_edits.get(topic.id)),
        feeds=metadata.group_feeds(context.words, TOPICS, group),
    )


def _unsorted_header(context: SiteContext, group: PaperGroup) -> ListHeader:
    words = context.words
    return ListHeader(
        title=group.title,
        up=(words.topics, TOPICS.list_page),
        intro=words.unsorted_intro,
        feeds=metadata.group_feeds(words, TOPICS, group),
    )


def _by_year(
    context: SiteContext, group: PaperGroup, header: ListHeader, most_featured: int = 0
) -> PaperList:
    """The papers of a group by year, after as many featured ones as wanted."""
    words, path, newest_first = context.words, TOPICS.page(group.id), context.papers(group.papers)
    featured = tuple(islice((paper for paper in newest_first if paper.featured), most_featured))
    others = tuple(paper for paper in newest_first if paper not in featured)
    years = tuple(year_heading(words, paper) for paper in others)
    return PaperList(
        path,
        header,
        papers=(*featured, *others),
        headings=(*[words.featured_papers] * len(featured), *years),
        jumps=tuple(dict.fromkeys(years)),
        chart=papers_per_year(words, newest_first),
        data=data_links.of_group(context, path, TOPICS, group, data=False),
    )


def _wider_page(context: SiteContext, topic: Topic) -> PageRef:
    """The topic that one is part of, or the list of topics."""
    if topic.parent:
        return context.topic_titles[topic.parent], TOPICS.page(topic.parent)
    return context.words.topics, TOPICS.list_page


def _topic_rows(
    context: SiteContext, topic: Topic, related: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The ids of the topics that are part of one, and of those related to it, with labels."""
    if narrower := tuple(other.id for other in context.library.topics if other.parent == topic.id):
        yield context.words.narrower_topics, narrower
    if related:
        yield context.words.related_topics, related
