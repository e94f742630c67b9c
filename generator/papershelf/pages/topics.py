"""The list of topics."""

from collections.abc import Iterator
from dataclasses import dataclass

from papershelf.content.topics import UNSORTED, with_wider
from papershelf.core import urls
from papershelf.text import notes
from papershelf.views.components import Counted, topic_links
from papershelf.views.context import Page, SiteContext


@dataclass(frozen=True, slots=True)
class TopicsView:
    """All topics with the number of their papers."""

    title: str
    intro: str
    topics: tuple[Counted, ...]


def topics(context: SiteContext) -> Iterator[Page]:
    """The list of topics."""
    words = context.words
    view = TopicsView(words.topics, words.topics_intro, counted_topics(context, urls.TOPICS))
    yield Page(urls.TOPICS, "topics.md", words.topics, words.topics_intro, view)


def counted_topics(context: SiteContext, page: str) -> tuple[Counted, ...]:
    """Links from a page to all topics, those that are part of others within them; "Unsorted" comes last."""
    topics = context.library.topics
    widest = {topic: wider[-1] for topic, wider in with_wider(topics).items()}
    counted = [
        Counted(
            link=topic_links(context.labels, page, [topic.id])[0],
            count=_count(context, topic.id),
            about=notes.plain(topic.description or ""),
            inner=topic_links(
                context.labels, page, (t.id for t in topics if widest[t.id] == topic.id != t.id)
            ),
        )
        for topic in topics
        if not topic.parent
    ]
    if context.library.in_topic.get(UNSORTED):
        link = topic_links(context.labels, page, [UNSORTED])[0]
        counted.append(Counted(link, _count(context, UNSORTED), context.words.unsorted_intro))
    return tuple(counted)


def _count(context: SiteContext, topic: str) -> str:
    return context.words.papers.of(len(context.library.in_topic.get(topic, ())))
