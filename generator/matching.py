"""Which topics a paper belongs to, and why: the rules of `content/topics.yml` at work.

A topic's score is the sum of its hits' weights. A phrase, pattern or category counts once per field; what
speaks for a topic counts `TITLE_FACTOR` times as much in the title; of phrases within each other only the
longest counts. Phrases are found by looking up joined words: "few shot", "few-shot" and "fewshot" have the
one key `fewshot`. The time is linear in the text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from generator.topics import WORD, Rule, Topic, in_order

TITLE_FACTOR = 2.0
MOST_TOPICS = 3
SHARE_OF_BEST = 0.4
CLEAR = 3.0

Where = Literal["title", "text", "category"]
Verdict = Literal["assigned", "weak", "behind", "far behind"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: `rule` counts from 0 within the topic, `weight` is what it added to the score."""

    rule: int
    what: str
    where: Where
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """A topic with at least one hit. `strength` is the score in units of the topic's threshold."""

    topic: str
    score: float
    strength: float
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Clue:
    """One phrase, pattern or category of a rule, ready to be looked for."""

    topic: int
    rule: int
    what: str
    weight: float
    only_in: Literal["title", "text"] | None


Span = tuple[int, int, Clue]


@dataclass(frozen=True, slots=True)
class Matcher:
    """Compiled rules of all topics. Keys are lower-case words joined without a separator.

    `nodes` maps every beginning of a phrase's key to the clues complete there; a search stops at the first
    word that leads to none. `stems` maps the beginnings that a `*` completes to their clues, `stem_sizes` are
    their lengths, `stem_heads` their first letters, as many as the shortest has.
    """

    topics: tuple[Topic, ...]
    nodes: Mapping[str, tuple[Clue, ...]]
    stems: Mapping[str, tuple[Clue, ...]]
    stem_sizes: tuple[int, ...]
    stem_heads: frozenset[str]
    patterns: tuple[tuple[re.Pattern[str], Clue], ...]
    categories: Mapping[str, tuple[Clue, ...]]


def compile_topics(topics: Sequence[Topic]) -> Matcher:
    """A matcher for all rules of the topics; ties between topics go to the one that is first in order."""
    ordered = in_order(topics)
    phrases: defaultdict[str, list[Clue]] = defaultdict(list)
    stems: defaultdict[str, list[Clue]] = defaultdict(list)
    categories: defaultdict[str, list[Clue]] = defaultdict(list)
    patterns: list[tuple[re.Pattern[str], Clue]] = []
    for position, number, rule in _rules(ordered):
        for phrase in dict.fromkeys(rule.phrases):
            target = stems if phrase.endswith("*") else phrases
            for key in _keys(phrase):
                target[key].append(_clue(position, number, phrase, rule))
        patterns += [
            (re.compile(text, re.IGNORECASE), _clue(position, number, text, rule)) for text in rule.patterns
        ]
        for category in dict.fromkeys(rule.categories):
            categories[_joined(category)].append(_clue(position, number, category, rule))
    sizes = tuple(sorted({len(stem) for stem in stems}))
    beginnings = {key[:size] for key in chain(phrases, stems) for size in range(1, len(key) + 1)}
    return Matcher(
        topics=ordered,
        nodes={key: tuple(phrases.get(key, ())) for key in beginnings},
        stems={stem: tuple(clues) for stem, clues in stems.items()},
        stem_sizes=sizes,
        stem_heads=frozenset(stem[: sizes[0]] for stem in stems),
        patterns=tuple(patterns),
        categories={key: tuple(clues) for key, clues in categories.items()},
    )


def match(matcher: Matcher, title: str, text: str, categories: Sequence[str]) -> tuple[Match, ...]:
    """Every topic that anything in the paper speaks for or against, best first."""
    hits: defaultdict[int, list[Hit]] = defaultdict(list)
    fields: tuple[tuple[Literal["title", "text"], str], ...] = (("title", title), ("text", text))
    for where, content in fields:
        for clue in _found(matcher, content):
            if clue.only_in in (None, where):
                hits[clue.topic].append(_hit(clue, where))
    for key in dict.fromkeys(_joined(category) for category in categories):
        for clue in matcher.categories.get(key, ()):
            hits[clue.topic].append(_hit(clue, "category"))
    matches = (_match(matcher.topics[position], hits[position]) for position in sorted(hits))
    return tuple(sorted(matches, key=lambda found: -found.strength))


def judge(matches: Sequence[Match], most: int = MOST_TOPICS) -> tuple[tuple[Match, Verdict], ...]:
    """Every match with what becomes of it, best first.

    `weak`: the score is below the topic's threshold. `behind`: there are `most` better ones. `far behind`: it
    has less than `SHARE_OF_BEST` of the best one's strength and is not clear by itself, at `CLEAR` times its
    threshold.
    """
    ranked = sorted(matches, key=lambda found: -found.strength)
    least = min(SHARE_OF_BEST * ranked[0].strength, CLEAR) if ranked else 0.0
    return tuple((found, _verdict(found, place, most, least)) for place, found in enumerate(ranked))


def assign(matches: Sequence[Match], most: int = MOST_TOPICS) -> tuple[str, ...]:
    """Ids of at most `most` topics, best first; none if no topic reaches its threshold."""
    return tuple(found.topic for found, verdict in judge(matches, most) if verdict == "assigned")


def _verdict(found: Match, place: int, most: int, least: float) -> Verdict:
    if found.strength < 1:
        return "weak"
    if found.strength < least:
        return "far behind"
    return "assigned" if place < most else "behind"


def _rules(topics: Iterable[Topic]) -> Iterator[tuple[int, int, Rule]]:
    for position, topic in enumerate(topics):
        for number, rule in enumerate(topic.rules):
            yield position, number, rule


def _clue(topic: int, number: int, what: str, rule: Rule) -> Clue:
    return Clue(topic, number, what, rule.weight, rule.only_in)


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _joined(text: str) -> str:
    return "".join(_words(text))


def _keys(phrase: str) -> Iterable[str]:
    """The joined phrase, and once more for each of its words in the plural; a stem as it is."""
    words = _words(phrase)
    singular = "".join(words)
    if phrase.endswith("*"):
        return (singular,)
    plurals = ("".join([*words[:i], _plural(word), *words[i + 1 :]]) for i, word in enumerate(words))
    return dict.fromkeys([singular, *plurals])


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + "s"


def _found(matcher: Matcher, text: str) -> list[Clue]:
    """Each clue that the text holds, once, in the order of the topics and rules."""
    found = set(_outermost(_spans(matcher, _words(text))))
    found.update(clue for pattern, clue in matcher.patterns if pattern.search(text))
    return sorted(found, key=lambda clue: (clue.topic, clue.rule, clue.what))


def _outermost(spans: Iterable[Span]) -> Iterator[Clue]:
    """Leaves out what lies inside a longer phrase of the same topic: of "language model" not "language"."""
    reach: dict[int, tuple[int, int]] = {}
    for start, end, clue in sorted(spans, key=lambda span: (span[0], -span[1])):
        outer = reach.get(clue.topic, (0, 0))
        if end > outer[1]:
            reach[clue.topic] = outer = (start, end)
        if (start, end) == outer:
            yield clue


def _spans(matcher: Matcher, words: Sequence[str]) -> Iterator[Span]:
    """Looks up the words from each start joined, as long as they are the beginning of some key."""
    nodes, heads = matcher.nodes, matcher.stem_heads
    head = matcher.stem_sizes[0] if matcher.stem_sizes else 0
    for start, word in enumerate(words):
        key, end, before = word, start + 1, 0
        while True:
            clues = nodes.get(key)
            for clue in clues or ():
                yield start, end, clue
            if key[:head] in heads:
                for clue in _completed(matcher, key, before):
                    yield start, end, clue
            if clues is None or end == len(words):
                break
            before = len(key)
            key += words[end]
            end += 1


def _completed(matcher: Matcher, key: str, before: int) -> Iterator[Clue]:
    """The clues whose stem the key begins with, if the stem ends in the last word, after `before` letters."""
    for size in matcher.stem_sizes:
        if before < size <= len(key):
            yield from matcher.stems.get(key[:size], ())


def _hit(clue: Clue, where: Where) -> Hit:
    factor = TITLE_FACTOR if where == "title" and clue.weight > 0 else 1.0
    return Hit(clue.rule, clue.what, where, clue.weight * factor)


def _match(topic: Topic, hits: Sequence[Hit]) -> Match:
    score = round(sum(hit.weight for hit in hits), 6)
    return Match(topic.id, score, score / topic.threshold, tuple(hits))
