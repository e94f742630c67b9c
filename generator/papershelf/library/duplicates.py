"""Papers that are probably one work: pairs with alike titles, abstracts, authors or code.

Compared are pairs with the same code, the same opening of the abstract, titles that differ in one word, and
titles that have `SHARED_WORDS` of their words in common. What more than `MOST_ALIKE` papers share is a form
of words, and no sign: so the time is nearly linear in the number of papers.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from papershelf.core.model import Paper
from papershelf.text import links, normalise

SHARED_WORDS = 0.6
MOST_ALIKE = 20
_OPENING = 12
_FEW_WORDS = 2
_ABSTRACT = 800
_REAL_ABSTRACT = 200  # letters; what is shorter says that there is none
_NUMBER = re.compile(r".*\d.*|[ivx]+|[a-z]|one|two|three|first|second|third")
_EXACT = 100.0
_CLOSE = 90.0
_SIMILAR = 75.0
_ABSTRACTS_AGREE = 70.0
_ABSTRACTS_EQUAL = 90.0
_AUTHORS_AGREE = 0.5


@dataclass(frozen=True, slots=True)
class Alike:
    """Two papers by id, and what they have in common, each in a few words."""

    one: str
    other: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Print:
    """What a paper is compared by."""

    id: str
    title: str
    words: frozenset[str]
    abstract: str
    authors: frozenset[str]
    code: frozenset[str]
    numbers: Mapping[str, str]


def find(papers: Iterable[Paper]) -> tuple[Alike, ...]:
    """Every pair that is probably one work, in the order of the papers."""
    prints = [_print(paper) for paper in papers]
    pairs = sorted(_candidates(prints))
    compared = ((prints[one], prints[other]) for one, other in pairs)
    judged = ((one, other, _evidence(one, other)) for one, other in compared)
    return tuple(Alike(one.id, other.id, evidence) for one, other, evidence in judged if evidence)


def are_one(one: Paper, other: Paper) -> bool:
    """Whether two papers are probably one work."""
    return bool(_evidence(_print(one), _print(other)))


def _print(paper: Paper) -> _Print:
    title = normalise(paper.title)
    named = {"arxiv": paper.arxiv, "doi": paper.doi, "openreview": paper.openreview}
    abstract = " ".join((paper.abstract or "").casefold().split())[:_ABSTRACT]
    places = (links.repository(link.url) for link in paper.links)
    return _Print(
        id=paper.id,
        title=title,
        words=frozenset(title.split()),
        abstract=abstract if len(abstract) >= _REAL_ABSTRACT else "",
        authors=frozenset(author.casefold() for author in paper.authors),
        code=frozenset(place.key for place in places if place),
        numbers={kind: value.casefold() for kind, value in named.items() if value},
    )


def _candidates(prints: Sequence[_Print]) -> set[tuple[int, int]]:
    blocks: defaultdict[Hashable, list[int]] = defaultdict(list)
    for index, own in enumerate(prints):
        for key in _keys(own):
            blocks[key].append(index)
    small = (block for block in blocks.values() if 1 < len(block) <= MOST_ALIKE)
    pairs = {pair for block in small for pair in combinations(block, 2)}
    return pairs.union(_with_common_words(prints))


def _keys(own: _Print) -> Iterator[Hashable]:
    """What another paper need only share one of to be compared with this one."""
    yield own.title
    yield from (("code", repository) for repository in own.code)
    if own.abstract:
        yield "abstract", *own.abstract.split()[:_OPENING]
    if len(own.words) > _FEW_WORDS:
        yield from (own.words - {word} for word in own.words)


def _with_common_words(prints: Sequence[_Print]) -> Iterator[tuple[int, int]]:
    """Pairs whose titles share enough words: two such titles share one of their rarest few."""
    frequency = Counter(word for own in prints for word in own.words)
    seen: defaultdict[str, list[int]] = defaultdict(list)
    for index, own in enumerate(prints):
        size = len(own.words)
        rarest = sorted(own.words, key=lambda word: (frequency[word], word))
        for word in rarest[: size - math.ceil(SHARED_WORDS * size) + 1]:
            for earlier in seen[word][-MOST_ALIKE:]:
                shared = len(own.words & prints[earlier].words)
                if shared >= SHARED_WORDS * (size + len(prints[earlier].words) - shared):
                    yield earlier, index
            seen[word].append(index)


def _evidence(one: _Print, other: _Print) -> tuple[str, ...]:
    """What speaks for one work; empty if it is not enough or something speaks against it."""
    title = fuzz.ratio(one.title, other.title)
    abstract = fuzz.ratio(one.abstract, other.abstract) if one.abstract and other.abstract else None
    authors = _overlap(one.authors, other.authors)
    same_code = bool(one.code & other.code)
    if not _is_enough(title, abstract, authors, same_code=same_code) or _contradicts(
        one, other, title, abstract
    ):
        return ()
    said = (
        "same title" if title == _EXACT else f"titles {title:.0f}% alike",
        f"abstracts {abstract:.0f}% alike" if abstract is not None else "",
        f"{authors:.0%} of the authors in common" if authors else "",
        "same code repository" if same_code else "",
    )
    return tuple(filter(None, said))


def _is_enough(title: float, abstract: float | None, authors: float | None, *, same_code: bool) -> bool:
    if authors is not None and authors < _AUTHORS_AGREE and not (authors and title == _EXACT):
        return False
    if abstract is not None:
        least = _ABSTRACTS_AGREE if title >= _SIMILAR else _ABSTRACTS_EQUAL
        return abstract >= least or (title == _EXACT and bool(authors))
    return title >= (_SIMILAR if same_code else _CLOSE)


def _contradicts(one: _Print, other: _Print, title: float, abstract: float | None) -> bool:
    """Two arXiv ids are two papers, and so are part one and part two unless their abstracts are equal."""
    if title == _EXACT:
        return False
    numbered = any(_NUMBER.fullmatch(word) for word in one.words ^ other.words)
    differ = (one.numbers[kind] != other.numbers[kind] for kind in one.numbers.keys() & other.numbers.keys())
    return (numbered and (abstract or 0) < _ABSTRACTS_EQUAL) or any(differ)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float | None:
    """The share of the smaller group that is in both; None if either is unknown."""
    return len(one & other) / min(len(one), len(other)) if one and other else None
