"""New papers by topic, as pages and messages show them."""

from collections.abc import Iterable, Mapping
from typing import Final

from papershelf import text
from papershelf.content.topics import UNSORTED
from papershelf.core.model import Paper
from papershelf.views.context import Labels
from papershelf.views.words import Words

MOST_OF_A_TOPIC: Final = 5


def by_topic(labels: Labels, papers: Iterable[Paper]) -> Mapping[str, tuple[Paper, ...]]:
    """Papers by their first topic, in the order of the topics, those without one last."""
    found: dict[str, list[Paper]] = {topic: [] for topic in labels.topic_titles}
    for paper in papers:
        found[paper.topics[0] if paper.topics else UNSORTED].append(paper)
    return {topic: tuple(of_topic) for topic, of_topic in found.items() if of_topic}


def more(words: Words, topic: str, papers: int) -> str:
    """How many papers of a topic are not shown, "" where all are."""
    hidden = papers - MOST_OF_A_TOPIC
    return words.digest.more.format(n=f"{hidden:,}", topic=text.plain(topic)) if hidden > 0 else ""
