"""Match papers against the rules of `content/topics.yml`: which topics a paper belongs to, and why.

A topic's score is the sum of the weights of its hits. A phrase, pattern or category counts once per field; a
positive weight counts `TITLE_FACTOR` times in the title; of nested phrases only the longest counts.
"Few-shot" also finds "few shot" and "fewshot". Matching takes time linear in the length of the text, but for
patterns, which have a limit.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count, product
from operator import attrgetter
from typing import Literal

from papershelf.content.topics import WORD, Rule, Topic, in_order
from papershelf.text import patterns

TITLE_FACTOR = 2.0
MOST_TOPICS = 3
SHARE_OF_BEST = 0.5
CLEAR = 2.0
_SURE = 2  # topics that need not be clear

Where = Literal["title", "text", "category"]
Verdict = Literal["assigned", "weak", "behind", "far behind", "third"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One match of a rule: `rule` counts from 0 within the topic, `weight` is what it adds to the score."""

    rule: int
    what: str
    where: Where
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """A topic with hits or a learned chance; `strength` is the score, or that chance, by what it needs."""

    topic: str
    score: float
    strength: float
    hits: tuple[Hit, ...]
    chance: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Clue:
    """A compiled phrase, pattern or category of a rule, with the hit that it makes in each field it searches.

    `topic` is the position of its topic, `order` its own among all clues.
    """

    topic: int
    order: int
    hits: Mapping[Where, Hit]


Span = tuple[int, int, int, Clue]
_ORDER = attrgetter("order")
_MAX_CACHED = 200_000


@dataclass(frozen=True, slots=True)
class PhraseNode:
    """A node in the trie of phrases, with the clues whose phrase is complete here.

    `goes_on`: whether longer ones begin alike; `stems`: how the next word may begin, and what it completes.
    """

    clues: tuple[Clue, ...]
    goes_on: bool
    stems: tuple[tuple[str, Clue], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Matcher:
    """The compiled rules of all topics; `nodes` is a trie, keyed by lower-case words joined by spaces."""

    topics: tuple[Topic, ...]
    nodes: Mapping[str, PhraseNode]
    patterns: tuple[tuple[str, Clue], ...]
    categories: Mapping[str, tuple[Clue, ...]]


WordMatch = tuple[tuple[Clue, ...], PhraseNode | None]


def compile_topics(topics: Sequence[Topic]) -> Matcher:
    """Compile the rules of all topics; ties between topics go to the one that comes first."""
    ordered = in_order(topics)
    phrases: list[tuple[str, Clue]] = []
    categories: defaultdict[str, list[Clue]] = defaultdict(list)
    expressions: list[tuple[str, Clue]] = []
    order = count()
    for position, number, rule in _rules(ordered):
        phrases += [
            (text, _clue(position, next(order), number, text, rule)) for text in sorted(set(rule.phrases))
        ]
        expressions += [(text, _clue(position, next(order), number, text, rule)) for text in rule.patterns]
        for category in sorted(set(rule.categories)):
            categories[_joined(category)].append(_clue(position, next(order), number, category, rule))
    return Matcher(
        topics=ordered,
        nodes=_nodes(phrases),
        patterns=tuple(expressions),
        categories={key: tuple(clues) for key, clues in categories.items()},
    )


def _nodes(phrases: Iterable[tuple[str, Clue]]) -> dict[str, PhraseNode]:
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
        key: PhraseNode(tuple(clues.get(key, ())), key in going_on, tuple(stems.get(key, ())))
        for key in {*clues, *stems, *going_on}
    }


def match(matcher: Matcher, title: str, text: str, categories: Sequence[str]) -> tuple[Match, ...]:
    """Every topic with a hit in the paper, for or against it, best first.

    Raises SlowPatternError if a pattern takes too long.
    """
    hits: defaultdict[int, list[Hit]] = defaultdict(list)
    keys = dict.fromkeys(_joined(category) for category in categories)
    fields: tuple[tuple[Where, Iterable[Clue]], ...] = (
        ("title", _find_clues(matcher, title)),
        ("text", _find_clues(matcher, text)),
        ("category", (clue for key in keys for clue in matcher.categories.get(key, ()))),
    )
    for where, clues in fields:
        for clue in clues:
            if where in clue.hits:
                hits[clue.topic].append(clue.hits[where])
    matches = (_match(matcher.topics[position], hits[position]) for position in sorted(hits))
    return tuple(sorted(matches, key=lambda found: -found.strength))


def judge(matches: Sequence[Match], most: int = MOST_TOPICS) -> tuple[tuple[Match, Verdict], ...]:
    """Every match with its verdict, best first.

    weak: the score is below the topic's threshold.
    behind: `most` other matches are better.
    far behind: the strength is below `SHARE_OF_BEST` of the best one's, and below `CLEAR`.
    third: two other matches are better, and the strength is below `CLEAR`.
    """
    ranked = sorted(matches, key=lambda found: -found.strength)
    least = min(SHARE_OF_BEST * ranked[0].strength, CLEAR) if ranked else 0.0
    return tuple((found, _verdict(found, place, most, least)) for place, found in enumerate(ranked))


def assign(matches: Sequence[Match], most: int = MOST_TOPICS) -> tuple[str, ...]:
    """The ids of at most `most` topics, best first; none if no topic reaches its threshold."""
    return tuple(found.topic for found, verdict in judge(matches, most) if verdict == "assigned")


def _verdict(found: Match, place: int, most: int, least: float) -> Verdict:
    if found.strength < 1:
        return "weak"
    if found.strength < least:
        return "far behind"
    if place >= most:
        return "behind"
    return "third" if place >= _SURE and found.strength < CLEAR else "assigned"


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
    """The words of a phrase, each also in the plural, and neighbours also written as one word."""
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


def _find_clues(matcher: Matcher, text: str) -> list[Clue]:
    """Every clue in the text, once, in the order of topics and rules."""
    found = set(_outermost(_spans(matcher, _words(text))))
    found.update(clue for pattern, clue in matcher.patterns if patterns.occurs(pattern, text))
    return sorted(found, key=_ORDER)


def _outermost(spans: list[Span]) -> Iterator[Clue]:
    """Leave out phrases inside a longer one of the same topic: "language" inside "language model"."""
    reach: dict[int, tuple[int, int]] = {}
    for start, minus_end, _, clue in sorted(spans):
        start_of_outer, end_of_outer = reach.get(clue.topic, (0, 0))
        if -minus_end > end_of_outer:
            reach[clue.topic] = (start, -minus_end)
            yield clue
        elif start == start_of_outer and -minus_end == end_of_outer:
            yield clue


def _spans(matcher: Matcher, words: Sequence[str]) -> list[Span]:
    """Every phrase in the text as (start, -end, order, clue), which sorts longer ones first."""
    spans: list[Span] = []
    nodes, word_matches = matcher.nodes, _word_matches(matcher)
    for start, word in enumerate(words):
        word_match = word_matches[word]
        if word_match is None:
            continue
        clues, node = word_match
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


class _WordMatches(dict[str, WordMatch | None]):
    """What each word matches, computed on its first occurrence: texts repeat the same few words."""

    def __init__(self, matcher: Matcher) -> None:
        super().__init__()
        self._matcher = matcher

    def __missing__(self, word: str) -> WordMatch | None:
        found = _match_word(self._matcher, word)
        if len(self) < _MAX_CACHED:
            self[word] = found
        return found


_word_matches = lru_cache(maxsize=4)(_WordMatches)


def _match_word(matcher: Matcher, word: str) -> WordMatch | None:
    """The clues that a word completes, and the node for what may follow; None if no phrase begins with it."""
    first, node = matcher.nodes.get(""), matcher.nodes.get(word)
    clues = (*(node.clues if node else ()), *(_completed(first, word) if first else ()))
    return (clues, node) if clues or node else None


def _completed(node: PhraseNode, word: str) -> tuple[Clue, ...]:
    """The clues of a node that a following word completes: it begins with their stem."""
    return tuple(clue for stem, clue in node.stems if word.startswith(stem))


def _match(topic: Topic, hits: Sequence[Hit]) -> Match:
    score = round(sum(hit.weight for hit in hits), 6)
    return Match(topic.id, score, score / topic.threshold, tuple(hits))
