"""New papers by topic, for pages within the site and for messages outside of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from papershelf import text
from papershelf.content.topics import UNSORTED
from papershelf.core.model import Paper
from papershelf.views.components import Anchor, authors, link_label
from papershelf.views.context import Labels, description
from papershelf.views.words import Words

MOST_OF_A_TOPIC: Final = 5


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A new paper: a link to it, a summary, facts, and its code; unknown texts are ""."""

    link: Anchor
    summary: str
    facts: str
    code: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class NewsSection:
    """The first new papers of a topic; `more` says how many others there are, "" if there are none."""

    topic: Anchor
    items: tuple[NewsItem, ...]
    more: str


def news_sections(
    labels: Labels,
    papers: Iterable[Paper],
    link_topic: Callable[[str], Anchor],
    make_item: Callable[[Paper], NewsItem],
) -> tuple[NewsSection, ...]:
    """Sections of papers by their first topic; at most `MOST_OF_A_TOPIC` papers each.

    link_topic: the link to a topic, given its id. make_item: usually calls `news_item`. Both decide whether
    links are relative to a page or web addresses.
    """
    return tuple(
        NewsSection(
            link_topic(topic),
            tuple(map(make_item, of_topic[:MOST_OF_A_TOPIC])),
            more(labels.words, labels.topic_titles[topic], len(of_topic)),
        )
        for topic, of_topic in by_topic(labels, papers).items()
    )


def news_item(words: Words, paper: Paper, link: Anchor, *, complete: bool = False) -> NewsItem:
    """A paper as news.

    complete: whether to show the date, and the abstract of a paper without summary, for readers who may not
    follow the link.
    """
    day = words.partial_date(paper.published) if complete and paper.published else ""
    summary = paper.summary or (paper.abstract if complete else None)
    return NewsItem(
        link,
        description(summary or ""),
        " · ".join(filter(None, (authors(words, paper), paper.venue, day))),
        tuple(Anchor(link_label(each), each.url) for each in paper.links if each.kind == "repository"),
    )


def by_topic(labels: Labels, papers: Iterable[Paper]) -> Mapping[str, tuple[Paper, ...]]:
    """Papers by their first topic, in the order of topics; those without a topic last."""
    found: dict[str, list[Paper]] = {topic: [] for topic in labels.topic_titles}
    for paper in papers:
        found[paper.topics[0] if paper.topics else UNSORTED].append(paper)
    return {topic: tuple(of_topic) for topic, of_topic in found.items() if of_topic}


def more(words: Words, topic: str, papers: int) -> str:
    """How many papers of a topic are not shown, "" if all are."""
    hidden = papers - MOST_OF_A_TOPIC
    return words.digest.more.format(n=f"{hidden:,}", topic=text.plain(topic)) if hidden > 0 else ""
