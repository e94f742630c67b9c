"""The papers of a topic, and of those that no topic matches."""

from collections.abc import Iterator

from generator import urls
from generator.library import UNSORTED
from generator.pages.lists import PaperList, list_pages, year_of
from generator.pages.page import Page, Shelf


def topic(shelf: Shelf) -> Iterator[Page]:
    """The pages of every topic; "Unsorted" has some only where there are such papers."""
    for each in shelf.library.topics:
        yield from _pages(shelf, each.id, each.description or "")
    if shelf.library.in_topic.get(UNSORTED):
        yield from _pages(shelf, UNSORTED, shelf.words.unsorted_intro)


def _pages(shelf: Shelf, topic_id: str, intro: str) -> Iterator[Page]:
    papers = PaperList(
        path=urls.topic(topic_id),
        title=shelf.topic_titles[topic_id],
        intro=intro,
        up=(shelf.words.topics, urls.TOPICS),
        papers=shelf.papers(shelf.library.in_topic.get(topic_id, ())),
        heading=year_of(shelf.words),
    )
    return list_pages(shelf, papers)
