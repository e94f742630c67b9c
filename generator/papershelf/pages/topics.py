"""The list of topics."""

from collections.abc import Iterator
from dataclasses import dataclass

from papershelf.content.topics import UNSORTED, with_wider
from papershelf.core import urls
from papershelf.text import notes
from papershelf.views.components import Counted, topic_links
from papershelf.views.context import Page, Shelf


@dataclass(frozen=True, slots=True)
class TopicsView:
    """All topics with the number of their papers."""

    title: str
    intro: str
    topics: tuple[Counted, ...]


def topics(shelf: Shelf) -> Iterator[Page]:
    """The list of topics."""
    words = shelf.words
    view = TopicsView(words.topics, words.topics_intro, counted_topics(shelf, urls.TOPICS))
    yield Page(urls.TOPICS, "topics.md", words.topics, words.topics_intro, view)


def counted_topics(shelf: Shelf, page: str) -> tuple[Counted, ...]:
    """Links from a page to all topics, those that are part of others within them; "Unsorted" comes last."""
    topics = shelf.library.topics
    widest = {topic: wider[-1] for topic, wider in with_wider(topics).items()}
    counted = [
        Counted(
            link=topic_links(shelf.labels, page, [topic.id])[0],
            count=_count(shelf, topic.id),
            about=notes.plain(topic.description or ""),
            inner=topic_links(shelf.labels, page, (t.id for t in topics if widest[t.id] == topic.id != t.id)),
        )
        for topic in topics
        if not topic.parent
    ]
    if shelf.library.in_topic.get(UNSORTED):
        link = topic_links(shelf.labels, page, [UNSORTED])[0]
        counted.append(Counted(link, _count(shelf, UNSORTED), shelf.words.unsorted_intro))
    return tuple(counted)


def _count(shelf: Shelf, topic: str) -> str:
    return shelf.words.papers.of(len(shelf.library.in_topic.get(topic, ())))
