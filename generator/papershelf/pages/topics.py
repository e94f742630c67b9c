"""The list of topics."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from papershelf.content.topics import with_wider
from papershelf.pages.groups import counted_groups
from papershelf.views.components import CountedLink, topic_links
from papershelf.views.context import Page, SiteContext
from papershelf.views.taxonomy import TOPICS


@dataclass(frozen=True, slots=True)
class TopicsView:
    """All topics with the number of their papers."""

    title: str
    intro: str
    topics: tuple[CountedLink, ...]


def topics(context: SiteContext) -> Iterator[Page]:
    """The list of topics."""
    words, page = context.words, TOPICS.list_page
    view = TopicsView(words.topics, words.topics_intro, counted_topics(context, page))
    yield Page(page, "topics.md", view.title, view.intro, view)


def counted_topics(context: SiteContext, page: str) -> tuple[CountedLink, ...]:
    """Links from a page to all topics; those that are part of others are within them, "Unsorted" is last."""
    return tuple(_counted_topics(context, page))


def _counted_topics(context: SiteContext, page: str) -> Iterator[CountedLink]:
    topics = {topic.id: topic for topic in context.library.topics}
    widest = {topic: wider[-1] for topic, wider in with_wider(context.library.topics).items()}
    for link, group in zip(counted_groups(context, TOPICS, page), context.groups[TOPICS.id], strict=True):
        if group.is_rest:
            yield replace(link, about=context.words.unsorted_intro)
        elif not topics[group.id].parent:
            within = (topic for topic in topics if widest[topic] == group.id != topic)
            yield replace(link, inner=topic_links(context.labels, page, within))
