"""Find papers that are probably one work, by similar titles, abstracts, authors or code.

Candidates are pairs with the same code, the same first words of the abstract, titles that differ in one word,
or titles that share `SHARED_WORDS` of their words. What more than `MAX_BLOCK` papers have in common is a
phrase in general use and makes no candidates, so that the time is nearly linear in the number of papers.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from papershelf.core.model import Paper
from papershelf.library.same_work import work_ids
from papershelf.text import links, normalise, people

SHARED_WORDS = 0.6
MAX_BLOCK = 20
_FIRST_WORDS = 12
_FEW_WORDS = 2
_COMPARED_LENGTH = 800
_MIN_ABSTRACT = 200  # characters; anything shorter is a remark rather than an abstract
_NUMBER = re.compile(r".*[\d+#*].*|[ivx]+|[a-z]|one|two|three|first|second|third")
_EXACT = 100.0
_CLOSE = 90.0
_SIMILAR = 75.0
_ABSTRACTS_AGREE = 70.0
_ABSTRACTS_EQUAL = 90.0
_AUTHORS_AGREE = 0.5


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The ids of two papers that are probably one work, and the evidence, a short phrase each."""

    one: str
    other: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Features:
    """The features by which a paper is compared."""

    id: str
    title: str
    words: frozenset[str]
    abstract: str
    authors: frozenset[str]
    code: frozenset[str]
    identifiers: Mapping[str, str]


def find(papers: Iterable[Paper]) -> tuple[Duplicate, ...]:
    """Every pair of papers that is probably one work, in the order of the papers."""
    features = [_features(paper) for paper in papers]
    compared = ((features[one], features[other]) for one, other in sorted(_candidates(features)))
    judged = ((one, other, _evidence(one, other)) for one, other in compared)
    return tuple(Duplicate(one.id, other.id, evidence) for one, other, evidence in judged if evidence)


def are_duplicates(one: Paper, other: Paper) -> bool:
    """Whether two papers are probably one work."""
    return bool(_evidence(_features(one), _features(other)))


def _features(paper: Paper) -> _Features:
    title = normalise(paper.title)
    abstract = " ".join((paper.abstract or "").casefold().split())[:_COMPARED_LENGTH]
    places = (links.repository(link.url) for link in paper.links)
    return _Features(
        id=paper.id,
        title=title,
        words=frozenset(title.split()),
        abstract=abstract if len(abstract) >= _MIN_ABSTRACT else "",
        authors=people.families(paper.authors),
        code=frozenset(place.key for place in places if place),
        identifiers=dict(each.key for each in work_ids(paper)),
    )


def _candidates(features: Sequence[_Features]) -> set[tuple[int, int]]:
    blocks: defaultdict[Hashable, list[int]] = defaultdict(list)
    for index, own in enumerate(features):
        for key in _block_keys(own):
            blocks[key].append(index)
    small = (block for block in blocks.values() if 1 < len(block) <= MAX_BLOCK)
    pairs = {pair for block in small for pair in combinations(block, 2)}
    return pairs.union(_with_common_words(features))


def _block_keys(own: _Features) -> Iterator[Hashable]:
    """The keys of the blocks a paper belongs to: papers that share one are compared."""
    yield own.title
    yield from (("code", repository) for repository in own.code)
    if own.abstract:
        yield "abstract", *own.abstract.split()[:_FIRST_WORDS]
    if len(own.words) > _FEW_WORDS:
        yield from (own.words - {word} for word in own.words)


def _with_common_words(features: Sequence[_Features]) -> Iterator[tuple[int, int]]:
    """Pairs whose titles share enough words; any such pair shares one of its few rarest words."""
    frequency = Counter(word for own in features for word in own.words)
    seen: defaultdict[str, list[int]] = defaultdict(list)
    for index, own in enumerate(features):
        size = len(own.words)
        rarest = sorted(own.words, key=lambda word: (frequency[word], word))
        for word in rarest[: size - math.ceil(SHARED_WORDS * size) + 1]:
            for earlier in seen[word][-MAX_BLOCK:]:
                shared = len(own.words & features[earlier].words)
                if shared >= SHARED_WORDS * (size + len(features[earlier].words) - shared):
                    yield earlier, index
            seen[word].append(index)


def _evidence(one: _Features, other: _Features) -> tuple[str, ...]:
    """The evidence that two papers are one work; empty if it is not enough or contradicted."""
    title = fuzz.ratio(one.title, other.title)
    abstract = fuzz.ratio(one.abstract, other.abstract) if one.abstract and other.abstract else None
    authors = _overlap(one.authors, other.authors)
    same_code = bool(one.code & other.code)
    if not _is_enough(title, abstract, authors, same_code=same_code) or _contradicts(
        one, other, title, abstract
    ):
        return ()
    evidence = (
        "same title" if title == _EXACT else f"titles {title:.0f}% alike",
        f"abstracts {abstract:.0f}% alike" if abstract is not None else "",
        f"{authors:.0%} of the authors in common" if authors else "",
        "same code repository" if same_code else "",
    )
    return tuple(filter(None, evidence))


def _is_enough(title: float, abstract: float | None, authors: float | None, *, same_code: bool) -> bool:
    if authors is not None and authors < _AUTHORS_AGREE and not (authors and title == _EXACT):
        return False
    if abstract is not None:
        least = _ABSTRACTS_AGREE if title >= _SIMILAR else _ABSTRACTS_EQUAL
        return abstract >= least or (title == _EXACT and bool(authors))
    return title >= (_SIMILAR if same_code else _CLOSE)


def _contradicts(one: _Features, other: _Features, title: float, abstract: float | None) -> bool:
    """Whether identifiers differ, or numbers or signs in titles (part one, K-means++) and the abstracts."""
    if title == _EXACT:
        return False
    numbered = any(_NUMBER.fullmatch(word) for word in one.words ^ other.words)
    differ = (
        one.identifiers[kind] != other.identifiers[kind]
        for kind in one.identifiers.keys() & other.identifiers.keys()
    )
    return (numbered and (abstract or 0) < _ABSTRACTS_EQUAL) or any(differ)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float | None:
    """The share of the smaller set that is in both; None if either is empty."""
    return len(one & other) / min(len(one), len(other)) if one and other else None
