"""The papers of a topic, and of those that no topic matches."""

from collections.abc import Iterator
from functools import partial

from generator import urls
from generator.pages import head
from generator.pages.lists import PaperList, list_pages, year_of
from generator.pages.page import Draft, Shelf
from generator.pages.parts import Group, topic_links
from generator.topics import UNSORTED, Topic


def topic(shelf: Shelf) -> Iterator[Draft]:
    """The pages of every topic; "Unsorted" has some only where there are such papers."""
    words = shelf.words
    for each in shelf.library.topics:
        up = (shelf.topic_titles[each.parent], urls.topic(each.parent)) if each.parent else None
        papers = PaperList(
            path=urls.topic(each.id),
            title=each.title,
            intro="",
            note=each.description or "",
            mark=each.colour or "",
            up=up or (words.topics, urls.TOPICS),
            papers=shelf.papers(shelf.library.in_topic.get(each.id, ())),
            heading=year_of(words),
            groups=partial(_groups, shelf, each),
            improve=shelf.edit(shelf.library.topic_edits.get(each.id)),
            feeds=head.topic_feeds(shelf.words, each.id, each.title),
        )
        yield from list_pages(shelf, papers)
    if unsorted := shelf.library.in_topic.get(UNSORTED):
        papers = PaperList(
            path=urls.topic(UNSORTED),
            title=words.unsorted,
            intro=words.unsorted_intro,
            up=(words.topics, urls.TOPICS),
            papers=shelf.papers(unsorted),
            heading=year_of(words),
            feeds=head.topic_feeds(words, UNSORTED, words.unsorted),
        )
        yield from list_pages(shelf, papers)


def _groups(shelf: Shelf, topic: Topic, page: str) -> tuple[Group, ...]:
    """The topics that are part of one and those related to it, as far as there are any."""
    narrower = (other.id for other in shelf.library.topics if other.parent == topic.id)
    groups = (
        Group(shelf.words.narrower_topics, topic_links(shelf.labels, page, narrower)),
        Group(shelf.words.related_topics, topic_links(shelf.labels, page, topic.related)),
    )
    return tuple(group for group in groups if group.links)
