"""Train the model of topics: for each one a logistic regression over the strengths of rules and the words."""

from collections import Counter
from collections.abc import Sequence
from math import sqrt
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from papershelf.content.topics import Topic
from papershelf.core.model import Paper
from papershelf.library.tfidf import PLAIN
from papershelf.library.topic_model import TopicModel, limited, text_of, topic_matches
from papershelf.library.topic_rules import compile_topics
from papershelf.library.words import distinct_words

FEWEST_OF_TOPIC: Final = 5  # papers in a topic, and papers not in it, from which the topic is learned
_RARE: Final = 2  # papers; a word of one paper says nothing about others
_OWN_RULES: Final = 3.0  # what a topic's rules weigh before anything is learned, …
_OTHER_RULES: Final = 0.5  # … those of other topics, …
_WORDS: Final = 2.0  # … and all words together
_DIGITS: Final = 2
_LEAST: Final = 0.05  # a weight that is nearer to 0 changes nothing

Matrix: TypeAlias = Any  # scipy has no types
Numbers: TypeAlias = NDArray[np.float64]


def train(topics: Sequence[Topic], papers: Sequence[Paper]) -> TopicModel:
    """Learn from papers whose topics are decided. Raises SlowPatternError as `topic_matches`."""
    ids = [topic.id for topic in topics]
    strengths = _strengths(topics, papers)
    words, presence = _words(papers)
    model = TopicModel({}, {}, {word: {} for word in words})
    for number, topic in enumerate(ids):
        wanted = np.array([topic in paper.topics for paper in papers])
        if min(wanted.sum(), (~wanted).sum()) >= FEWEST_OF_TOPIC:
            scales = np.full(len(ids), _OTHER_RULES)
            scales[number] = _OWN_RULES
            base, weights = _regression(
                sparse.hstack([sparse.csr_matrix(strengths * scales), presence * _WORDS]), wanted
            )
            of_rules = weights[: len(ids)] * scales
            model.base[topic] = base
            model.rules[topic] = _rounded(ids, of_rules)
            for word, weight in _rounded(words, weights[len(ids) :] * _WORDS).items():
                model.words[word][topic] = weight
    return model


def _regression(features: Matrix, wanted: NDArray[np.bool_]) -> tuple[float, Numbers]:
    """The base and the weights; liblinear takes the same steps on every machine."""
    fitted = LogisticRegression(solver="liblinear", tol=1e-6, max_iter=1000).fit(features.tocsr(), wanted)
    return round(float(fitted.intercept_[0]), _DIGITS), fitted.coef_[0]


def _rounded(names: Sequence[str], weights: Numbers) -> dict[str, float]:
    rounded = (round(weight, _DIGITS) for weight in weights.tolist())
    return {name: weight for name, weight in zip(names, rounded, strict=True) if abs(weight) >= _LEAST}


def _strengths(topics: Sequence[Topic], papers: Sequence[Paper]) -> Numbers:
    """A row for each paper: how strongly it matches the rules of each topic."""
    matcher = compile_topics(topics)
    place = {topic.id: number for number, topic in enumerate(topics)}
    rows = np.zeros((len(papers), len(topics)))
    for row, paper in zip(rows, papers, strict=True):
        for found in topic_matches(paper, matcher):
            row[place[found.topic]] = limited(found.strength)
    return rows


def _words(papers: Sequence[Paper]) -> tuple[list[str], Matrix]:
    """The words that several papers have, and a row of length 1 for each paper that says which it has."""
    texts = [distinct_words(paper.title, text_of(paper)) for paper in papers]
    frequency = Counter(word for text in texts for word in text)
    words = sorted(word for word, papers in frequency.items() if papers >= _RARE and word not in PLAIN)
    place = {word: number for number, word in enumerate(words)}
    rows = [[place[word] for word in text if word in place] for text in texts]
    values = [1 / sqrt(len(row)) for row in rows for _ in row]
    columns = [column for row in rows for column in row]
    ends = np.cumsum([0, *map(len, rows)])
    return words, sparse.csr_matrix((values, columns, ends), shape=(len(papers), len(words)))
