"""The topics of many papers by the rules, matched again only where a text or a rule changed."""

import hashlib
from collections.abc import Container, Sequence
from functools import partial
from typing import Final, TypeAlias

from papershelf.content.topics import Rule, Topic
from papershelf.core.model import Paper
from papershelf.incremental import fingerprint, inputs
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.library.topic_rules import Match, Matcher, assign, compile_topics, match
from papershelf.text.patterns import SlowPatternError

Topics: TypeAlias = tuple[str, ...]
"""Ids of topics, the best match first."""

_MIN_PARALLEL: Final = 500
_IN_RULES: Final = {"id", "order", "rules", "threshold"}  # the fields of a topic that matching looks at


def classify(
    topics: Sequence[Topic], papers: Sequence[Paper], cache: Cache, workers: Workers
) -> tuple[dict[str, Topics], list[SlowPatternError]]:
    """The topics of each paper, by its id; a pattern that takes too long is left out and comes back."""
    slow: list[SlowPatternError] = []
    while True:
        try:
            return _classify(_without(topics, slow), papers, cache, workers), slow
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
    topics: Sequence[Topic], papers: Sequence[Paper], cache: Cache, workers: Workers
) -> dict[str, Topics]:
    by_id = {paper.id: paper for paper in papers}

    def match_again(ids: Sequence[str]) -> list[Topics]:
        changed = [by_id[each] for each in ids]
        return workers.parallel_map(partial(match_all, topics), changed, min_parallel=_MIN_PARALLEL)

    rules = (topic.model_dump_json(include=_IN_RULES).encode() for topic in topics)
    return cache.get_many(
        "topics",
        {paper.id: _key(paper) for paper in papers},
        Topics,
        match_again,
        salt=fingerprint.digest(inputs.program(), *rules),
    )


def match_all(topics: Sequence[Topic], papers: Sequence[Paper]) -> list[Topics]:
    """The topics of each paper by the rules."""
    matcher = compile_topics(topics)
    return [assign(topic_matches(paper, matcher)) for paper in papers]


def topic_matches(paper: Paper, matcher: Matcher) -> tuple[Match, ...]:
    """What the rules find in a paper's title, in its abstract or else its summary, and in its categories."""
    return match(matcher, paper.title, paper.abstract or paper.summary or "", paper.categories)


def _key(paper: Paper) -> bytes:
    """The fingerprint of all that the rules look at."""
    fields = (paper.title, paper.abstract or paper.summary or "", *paper.categories)
    return hashlib.blake2b("\0".join(fields).encode("utf-8", "surrogatepass"), digest_size=16).digest()
