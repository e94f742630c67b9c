"""Learn topics from a curator's decisions, once there are enough, and again only when something changed."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final

from papershelf.content.topics import Topic
from papershelf.core.model import Paper
from papershelf.incremental import fingerprint, inputs
from papershelf.incremental.cache import Cache
from papershelf.library.topic_model import TopicModel, text_of

FEWEST: Final = 150  # papers with decided topics; fewer teach no more than the rules know
_IN_RULES: Final = {"id", "order", "rules", "threshold"}  # the fields of a topic that matching looks at
_LIBRARIES: Final = ("numpy", "scikit-learn", "scipy")


def rules(topics: Sequence[Topic]) -> bytes:
    """The fingerprint of all that matching looks at."""
    written = (topic.model_dump_json(include=_IN_RULES).encode() for topic in topics)
    return fingerprint.digest(inputs.program(), *written)


def learn(topics: Sequence[Topic], decided: Sequence[Paper], cache: Cache) -> TopicModel | None:
    """The model of papers with decided topics; None if they are too few, or too few in each topic.

    Raises SlowPatternError if a pattern of the rules takes too long.
    """
    if len(decided) < FEWEST:
        return None
    papers = sorted(decided, key=lambda paper: paper.id)
    said = (
        "\0".join((paper.title, text_of(paper), *paper.categories, "", *paper.topics)) for paper in papers
    )
    texts = (each.encode("utf-8", "surrogatepass") for each in said)
    key = fingerprint.digest(rules(topics), *inputs.versions(_LIBRARIES), *texts)
    model = cache.get("learned topics", key, TopicModel, lambda: _train(topics, papers))
    return model if model.base else None


def _train(topics: Sequence[Topic], papers: Sequence[Paper]) -> TopicModel:
    """Import scikit-learn, which takes half a second, only where there is something to learn."""
    train: Callable[[Sequence[Topic], Sequence[Paper]], TopicModel] = import_module(
        "papershelf.library.topic_training"
    ).train
    return train(topics, papers)
