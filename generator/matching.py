"""Which topics a paper belongs to, and why: the rules of `content/topics.yml` at work.

A topic's score is the sum of its hits' weights. A phrase, pattern or category counts once per field, and
in the title `TITLE_FACTOR` times as much. Phrases are found by looking up joined words: "few shot",
"few-shot" and "fewshot" have the one key `fewshot`. The time is linear in the text.
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


@dataclass(frozen=True, slots=True)
class Matcher:
    """Compiled rules of all topics. Keys are lower-case words joined without a separator.

    `phrases` maps whole keys, `stems` the beginnings that a `*` completes, `prefixes` holds every beginning
    of either, so that a search stops at the first word that leads nowhere. `stem_heads` are the stems cut to
    the size of the shortest: words that begin otherwise complete none.
    """

    topics: tuple[Topic, ...]
    phrases: Mapping[str, tuple[Clue, ...]]
    stems: Mapping[str, tuple[Clue, ...]]
    stem_sizes: tuple[int, ...]
    stem_heads: frozenset[str]
    prefixes: frozenset[str]
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
    return Matcher(
        topics=ordered,
        phrases={key: tuple(clues) for key, clues in phrases.items()},
        stems={key: tuple(clues) for key, clues in stems.items()},
        stem_sizes=tuple(sorted({len(stem) for stem in stems})),
        stem_heads=frozenset(stem[: min(map(len, stems))] for stem in stems),
        prefixes=frozenset(key[:size] for key in chain(phrases, stems) for size in range(1, len(key) + 1)),
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


def assign(matches: Sequence[Match], most: int = MOST_TOPICS) -> tuple[str, ...]:
    """Ids of at most `most` topics, best first; none if no topic reaches its threshold.

    A topic with less than `SHARE_OF_BEST` of the best one's strength is left out, unless it is clear by
    itself: `CLEAR` times its threshold.
    """
    ranked = sorted((found for found in matches if found.strength >= 1), key=lambda found: -found.strength)
    least = min(SHARE_OF_BEST * ranked[0].strength, CLEAR) if ranked else 0.0
    return tuple(found.topic for found in ranked[:most] if found.strength >= least)


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


def _found(matcher: Matcher, text: str) -> Iterable[Clue]:
    """Each clue that the text holds, once, in the order of the topics and rules."""
    found = dict.fromkeys(_phrase_clues(matcher, _words(text)))
    found.update(dict.fromkeys(clue for pattern, clue in matcher.patterns if pattern.search(text)))
    return sorted(found, key=lambda clue: (clue.topic, clue.rule, clue.what))


def _phrase_clues(matcher: Matcher, words: Sequence[str]) -> Iterator[Clue]:
    """Looks up the words from each start joined, as long as they are the beginning of some key."""
    prefixes = matcher.prefixes
    shortest = matcher.stem_sizes[0] if matcher.stem_sizes else 0
    for start, word in enumerate(words):
        if word not in prefixes and word[:shortest] not in matcher.stem_heads:
            continue
        key, end = word, start + 1
        while True:
            yield from matcher.phrases.get(key, ())
            for size in matcher.stem_sizes:
                yield from matcher.stems.get(key[:size], ())
            if key not in prefixes or end == len(words):
                break
            key += words[end]
            end += 1


def _hit(clue: Clue, where: Where) -> Hit:
    return Hit(clue.rule, clue.what, where, clue.weight * (TITLE_FACTOR if where == "title" else 1.0))


def _match(topic: Topic, hits: Sequence[Hit]) -> Match:
    score = round(sum(hit.weight for hit in hits), 6)
    return Match(topic.id, score, score / topic.threshold, tuple(hits))
