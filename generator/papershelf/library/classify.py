"""The topics of many papers, found again only where a text, a rule or what was learned changed."""

import hashlib
from collections.abc import Container, Sequence
from functools import partial
from typing import Final, TypeAlias

from papershelf.content.topics import Rule, Topic
from papershelf.core.model import Paper
from papershelf.incremental import fingerprint
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.library import learning
from papershelf.library.topic_model import TopicModel, text_of, topic_matches
from papershelf.library.topic_rules import assign, compile_topics
from papershelf.text.patterns import SlowPatternError

Topics: TypeAlias = tuple[str, ...]
"""Ids of topics, the best match first."""

_MIN_PARALLEL: Final = 500


def classify(
    topics: Sequence[Topic],
    papers: Sequence[Paper],
    decided: Sequence[Paper],
    cache: Cache,
    workers: Workers,
) -> tuple[dict[str, Topics], list[SlowPatternError]]:
    """The topics of each paper, by its id, by the rules and by what the decided papers teach.

    A pattern that takes too long is left out and comes back.
    """
    slow: list[SlowPatternError] = []
    while True:
        try:
            return _classify(_without(topics, slow), papers, decided, cache, workers), slow
        except SlowPatternError as error:
            slow.append(error)


def _without(topics: Sequence[Topic], slow: Sequence[SlowPatternError]) -> Sequence[Topic]:
    if not slow:
        return topics
    left_out = {error.pattern for error in slow}
    return [
        topic.model_copy(update={"rules": tuple(_quick(rule, left_out) for rule in topic.rules)})
        for topic in topics
    ]


def _quick(rule: Rule, left_out: Container[str]) -> Rule:
    kept = tuple(pattern for pattern in rule.patterns if pattern not in left_out)
    return rule.model_copy(update={"patterns": kept})


def _classify(
    topics: Sequence[Topic],
    papers: Sequence[Paper],
    decided: Sequence[Paper],
    cache: Cache,
    workers: Workers,
) -> dict[str, Topics]:
    by_id = {paper.id: paper for paper in papers}
    model = learning.learn(topics, decided, cache)

    def match_again(ids: Sequence[str]) -> list[Topics]:
        changed = [by_id[each] for each in ids]
        return workers.parallel_map(partial(match_all, topics, model), changed, min_parallel=_MIN_PARALLEL)

    return cache.get_many(
        "topics",
        {paper.id: _key(paper) for paper in papers},
        Topics,
        match_again,
        salt=fingerprint.digest(learning.rules(topics), fingerprint.of(model)),
    )


def match_all(topics: Sequence[Topic], model: TopicModel | None, papers: Sequence[Paper]) -> list[Topics]:
    """The topics of each paper."""
    matcher = compile_topics(topics)
    return [assign(topic_matches(paper, matcher, model)) for paper in papers]


def _key(paper: Paper) -> bytes:
    """The fingerprint of all that rules and model look at."""
    fields = (paper.title, text_of(paper), *paper.categories)
    return hashlib.blake2b("\0".join(fields).encode("utf-8", "surrogatepass"), digest_size=16).digest()
