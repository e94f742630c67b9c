"""The list of topics."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator import urls
from generator.library import UNSORTED
from generator.pages.lists import anchor
from generator.pages.page import Page, Shelf
from generator.pages.parts import Counted


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
    """Links from a page to all topics; "Unsorted" comes last, where there are such papers."""
    about = {topic.id: topic.description or "" for topic in shelf.library.topics}
    if shelf.library.in_topic.get(UNSORTED):
        about[UNSORTED] = shelf.words.unsorted_intro
    return tuple(
        Counted(
            link=anchor(page, (shelf.topic_titles[topic], urls.topic(topic))),
            count=shelf.words.papers.of(len(shelf.library.in_topic.get(topic, ()))),
            about=intro,
        )
        for topic, intro in about.items()
    )
