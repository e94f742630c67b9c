"""Which topics a paper belongs to, and why: the rules of `content/topics.yml` at work.

A topic's score is the sum of its hits' weights. A phrase, pattern or category counts once per field; what
speaks for a topic counts `TITLE_FACTOR` times as much in the title; of phrases within each other only the
longest counts. "Few-shot" finds "few shot" and
"fewshot" as well. The time is linear in the text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count, product
from operator import attrgetter
from typing import Literal

from papershelf.content.topics import WORD, Rule, Topic, in_order

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


@dataclass(frozen=True, slots=True, eq=False)
class Clue:
    """One phrase, pattern or category of a rule, ready to be looked for, with the hit it makes in each place.

    `order` is its place among all clues, `hits` leaves out the place where its rule does not look.
    """

    topic: int
    order: int
    hits: Mapping[Where, Hit]


Span = tuple[int, int, int, Clue]
_ORDER = attrgetter("order")
_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Node:
    """What may stand after the same words: clues complete here, stems that the next word may begin with."""

    clues: tuple[Clue, ...]
    goes_on: bool
    stems: tuple[tuple[str, Clue], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Matcher:
    """Compiled rules of all topics. `nodes` are beginnings of phrases: lower-case words between spaces."""

    topics: tuple[Topic, ...]
    nodes: Mapping[str, Node]
    patterns: tuple[tuple[re.Pattern[str], Clue], ...]
    categories: Mapping[str, tuple[Clue, ...]]


Meaning = tuple[tuple[Clue, ...], Node | None]


def compile_topics(topics: Sequence[Topic]) -> Matcher:
    """A matcher for all rules of the topics; ties between topics go to the one that is first in order."""
    ordered = in_order(topics)
    phrases: list[tuple[str, Clue]] = []
    categories: defaultdict[str, list[Clue]] = defaultdict(list)
    patterns: list[tuple[re.Pattern[str], Clue]] = []
    order = count()
    for position, number, rule in _rules(ordered):
        phrases += [
            (text, _clue(position, next(order), number, text, rule)) for text in sorted(set(rule.phrases))
        ]
        patterns += [
            (re.compile(text, re.IGNORECASE), _clue(position, next(order), number, text, rule))
            for text in rule.patterns
        ]
        for category in sorted(set(rule.categories)):
            categories[_joined(category)].append(_clue(position, next(order), number, category, rule))
    return Matcher(
        topics=ordered,
        nodes=_nodes(phrases),
        patterns=tuple(patterns),
        categories={key: tuple(clues) for key, clues in categories.items()},
    )


def _nodes(phrases: Iterable[tuple[str, Clue]]) -> dict[str, Node]:
    clues: defaultdict[str, list[Clue]] = defaultdict(list)
    stems: defaultdict[str, list[tuple[str, Clue]]] = defaultdict(list)
    going_on = set[str]()
    for phrase, clue in phrases:
        for words in _spellings(phrase):
            going_on.update(" ".join(words[:size]) for size in range(len(words)))
            if phrase.endswith("*"):
                stems[" ".join(words[:-1])].append((words[-1], clue))
            else:
                clues[" ".join(words)].append(clue)
    return {
        key: Node(tuple(clues.get(key, ())), key in going_on, tuple(stems.get(key, ())))
        for key in {*clues, *stems, *going_on}
    }


def match(matcher: Matcher, title: str, text: str, categories: Sequence[str]) -> tuple[Match, ...]:
    """Every topic that anything in the paper speaks for or against, best first."""
    hits: defaultdict[int, list[Hit]] = defaultdict(list)
    keys = dict.fromkeys(_joined(category) for category in categories)
    fields: tuple[tuple[Where, Iterable[Clue]], ...] = (
        ("title", _found(matcher, title)),
        ("text", _found(matcher, text)),
        ("category", (clue for key in keys for clue in matcher.categories.get(key, ()))),
    )
    for where, clues in fields:
        for clue in clues:
            if where in clue.hits:
                hits[clue.topic].append(clue.hits[where])
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


def _clue(topic: int, order: int, number: int, what: str, rule: Rule) -> Clue:
    weights: dict[Where, float] = {"title": rule.weight, "text": rule.weight, "category": rule.weight}
    if rule.weight > 0:
        weights["title"] *= TITLE_FACTOR
    hits = {
        where: Hit(number, what, where, weight)
        for where, weight in weights.items()
        if where == "category" or rule.only_in in (None, where)
    }
    return Clue(topic, order, hits)


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _joined(text: str) -> str:
    return "".join(_words(text))


def _spellings(phrase: str) -> Iterable[tuple[str, ...]]:
    """The phrase's words, each also in the plural, and every way of writing neighbours as one word."""
    words = tuple(_words(phrase))
    plurals = () if phrase.endswith("*") else range(len(words))
    inflected = [words, *((*words[:i], _plural(words[i]), *words[i + 1 :]) for i in plurals)]
    return dict.fromkeys(joined for each in inflected for joined in _joinings(each))


def _joinings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for glue in product((" ", ""), repeat=len(words) - 1):
        yield tuple("".join(chain.from_iterable(zip(words, (*glue, ""), strict=True))).split(" "))


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
    return sorted(found, key=_ORDER)


def _outermost(spans: list[Span]) -> Iterator[Clue]:
    """Leaves out what lies inside a longer phrase of the same topic: of "language model" not "language"."""
    reach: dict[int, tuple[int, int]] = {}
    for start, minus_end, _, clue in sorted(spans):
        start_of_outer, end_of_outer = reach.get(clue.topic, (0, 0))
        if -minus_end > end_of_outer:
            reach[clue.topic] = (start, -minus_end)
            yield clue
        elif start == start_of_outer and -minus_end == end_of_outer:
            yield clue


def _spans(matcher: Matcher, words: Sequence[str]) -> list[Span]:
    """Every phrase that begins with some word, as (start, -end, order, clue): sorted, longer ones first."""
    spans: list[Span] = []
    nodes, meanings = matcher.nodes, _meanings(matcher)
    for start, word in enumerate(words):
        meaning = meanings[word]
        if meaning is None:
            continue
        clues, node = meaning
        if clues:
            spans += [(start, -start - 1, clue.order, clue) for clue in clues]
        key, end = word, start + 1
        while node and node.goes_on and end < len(words):
            key, before, end = f"{key} {words[end]}", node, end + 1
            node = nodes.get(key)
            if node or before.stems:
                clues = (*(node.clues if node else ()), *_completed(before, words[end - 1]))
                spans += [(start, -end, clue.order, clue) for clue in clues]
    return spans


class _Meanings(dict[str, Meaning | None]):
    """What each word means to a matcher, worked out when it is met first: texts hold the same few words."""

    def __init__(self, matcher: Matcher) -> None:
        super().__init__()
        self._matcher = matcher

    def __missing__(self, word: str) -> Meaning | None:
        found = _of_word(self._matcher, word)
        if len(self) < _REMEMBERED:
            self[word] = found
        return found


_meanings = lru_cache(maxsize=4)(_Meanings)


def _of_word(matcher: Matcher, word: str) -> Meaning | None:
    """The clues that one word completes, and what may follow it; None if it has no part in any phrase."""
    first, node = matcher.nodes.get(""), matcher.nodes.get(word)
    clues = (*(node.clues if node else ()), *(_completed(first, word) if first else ()))
    return (clues, node) if clues or node else None


def _completed(node: Node, word: str) -> tuple[Clue, ...]:
    """The clues whose stem the word after the node begins with."""
    return tuple(clue for stem, clue in node.stems if word.startswith(stem))


def _match(topic: Topic, hits: Sequence[Hit]) -> Match:
    score = round(sum(hit.weight for hit in hits), 6)
    return Match(topic.id, score, score / topic.threshold, tuple(hits))
