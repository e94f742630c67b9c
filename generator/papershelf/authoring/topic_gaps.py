"""Where the rules of topics fall short of what a curator decided, and which words they lack."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from papershelf.core.model import Paper
from papershelf.library.topic_model import TopicModel, known_words, topic_matches
from papershelf.library.topic_rules import Matcher, assign

_MOST_WORDS: Final = 5
_TELLING: Final = 0.3  # weight of a word in the model, at least


def missed_papers(papers: Iterable[Paper], matcher: Matcher) -> Mapping[str, Sequence[Paper]]:
    """By topic the papers that have it by a decision, and would not have it by the rules."""
    missed: dict[str, list[Paper]] = {}
    for paper in papers:
        for topic in set(paper.topics).difference(assign(topic_matches(paper, matcher))):
            missed.setdefault(topic, []).append(paper)
    return missed


def telling_words(papers: Iterable[Paper], topic: str, model: TopicModel) -> list[str]:
    """The words that say most of several papers that they are in a topic, as decided papers teach."""
    counts = Counter(word for paper in papers for word in known_words(paper, model))
    weights = {word: model.words[word].get(topic, 0.0) for word in counts}
    telling = (word for word in counts if counts[word] > 1 and weights[word] >= _TELLING)
    return sorted(telling, key=lambda word: (-counts[word] * weights[word], word))[:_MOST_WORDS]
