"""What was learned about topics from the papers whose topics a curator decided.

For each topic the model adds up how well a paper matches the rules of every topic and which words it has. The
sum is the logarithm of the odds that the paper belongs there. All weights are rounded, and so is the sum: the
same papers get the same topics on every machine, and `papershelf explain` can show each weight.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, sqrt
from typing import Final, Literal

from papershelf.core.model import Paper
from papershelf.library.topic_rules import Match, Matcher, assign, match
from papershelf.library.words import distinct_words

NEEDED: Final = 0.35  # the chance from which a paper belongs to a topic
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Weights of the learned topics; a topic that is not in `base` is left to its rules.

    base: what a topic starts from.
    rules: by topic, the weight of the strength of its own rules and of those of other topics.
    words: by word, the weight of it for each topic, before it is divided by the length of the text.
    """

    base: dict[str, float]
    rules: dict[str, dict[str, float]]
    words: dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Part:
    """One summand of what was learned: a word, or the rules of a topic."""

    of: Literal["rules", "word"]
    what: str
    weight: float


def text_of(paper: Paper) -> str:
    """What rules and model read besides the title: the abstract, or else the summary."""
    return paper.abstract or paper.summary or ""


def topic_matches(paper: Paper, matcher: Matcher, model: TopicModel | None = None) -> tuple[Match, ...]:
    """The topics that a paper matches, best first, by the rules and what was learned.

    The rules look at the title, the text and the categories. Where no topic has the chance it needs, the
    rules alone decide.
    """
    by_rules = match(matcher, paper.title, text_of(paper), paper.categories)
    if model is None:
        return by_rules
    weighed = _weighed(by_rules, model, known_words(paper, model))
    return weighed if assign(weighed) else by_rules


def known_words(paper: Paper, model: TopicModel) -> list[str]:
    """The words of a paper that the model knows."""
    return [word for word in distinct_words(paper.title, text_of(paper)) if word in model.words]


def limited(strength: float) -> float:
    """The strength of rules as the model counts it: beyond some point more hits say no more."""
    return max(-1.0, min(4.0, strength))


def parts(matches: Sequence[Match], model: TopicModel, words: Sequence[str], topic: str) -> tuple[Part, ...]:
    """What the model adds up for a topic besides its base, the weightiest first."""
    rules = model.rules[topic]
    length = sqrt(len(words))
    found = [
        *(
            Part("rules", each.topic, round(rules[each.topic] * limited(each.strength), _DIGITS))
            for each in matches
            if rules.get(each.topic)
        ),
        *(
            Part("word", word, round(model.words[word][topic] / length, _DIGITS))
            for word in words
            if topic in model.words[word]
        ),
    ]
    return tuple(sorted(found, key=lambda part: (-abs(part.weight), part.what)))


def _weighed(by_rules: Sequence[Match], model: TopicModel, words: Sequence[str]) -> tuple[Match, ...]:
    """All matches with the strength that they have after learning, best first."""
    known = {each.topic: each for each in by_rules}
    matches = []
    for topic, chance in _chances(by_rules, model, words).items():
        found = known.pop(topic, Match(topic, 0.0, 0.0, ()))
        matches.append(Match(topic, found.score, chance / NEEDED, found.hits, chance))
    matches += (replace(each, strength=min(each.strength, 1 / NEEDED)) for each in known.values())
    return tuple(sorted(matches, key=lambda each: -each.strength))


def _chances(by_rules: Sequence[Match], model: TopicModel, words: Sequence[str]) -> Mapping[str, float]:
    strengths = [(each.topic, limited(each.strength)) for each in by_rules]
    said = dict.fromkeys(model.base, 0.0)
    for word in words:
        for topic, weight in model.words[word].items():
            said[topic] += weight
    length = sqrt(len(words)) or 1.0
    return {
        topic: _chance(
            base
            + said[topic] / length
            + sum(model.rules[topic].get(other, 0.0) * strength for other, strength in strengths)
        )
        for topic, base in model.base.items()
    }


def _chance(log_odds: float) -> float:
    return round(1 / (1 + exp(-max(-30.0, min(30.0, round(log_odds, _DIGITS))))), _DIGITS)
