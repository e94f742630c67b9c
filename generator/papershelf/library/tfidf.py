"""Related papers: the nearest ones to each, and the words that say why.

A paper is the words of its title, which count twice, and of its text, weighed by TF-IDF; only the strongest
are compared. Weights are whole numbers: their products are the same on every machine, in whatever order they
are added.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import (  # type: ignore[import-untyped]
    ENGLISH_STOP_WORDS,
    CountVectorizer,
    TfidfTransformer,
)

from papershelf.core.model import Paper, Related
from papershelf.library import duplicates
from papershelf.library.words import WORD, word_key
from papershelf.text.tables import words as table

MOST: Final = 5
MOST_WORDS: Final = 3
PLAIN: Final = ENGLISH_STOP_WORDS | table(  # of research about anything
    "ability able achieve approach available based beat better com consider demonstrate effective end "
    "enable equal existing experiment extra find framework gain given github good handle http https improve "
    "improving including large learn learned learning little main make makes making method model need new "
    "novel number outperform outperforming paper performance present problem propose proposed provide "
    "provided raw related report require result series set shown significant similar simple small solve "
    "state-of-the-art study task time train trained training use used useful using way work www"
)
_RARE: Final = 2  # papers; a word of one paper relates it to none
_COMMON: Final = 50  # papers, or a share of them where they are many; a word of more is not informative
_COMMON_SHARE: Final = 0.1
_STRONGEST: Final = 25  # words of a paper
_UNIT: Final = 1024  # length of a paper's vector
_LEAST: Final = _UNIT * _UNIT // 20  # similarity from which papers are related
_SIMILAR_AS_ONE: Final = _UNIT * _UNIT * 3 // 4  # similarity from which papers may be one work
_SIMILAR_TITLES: Final = 75.0
_CANDIDATES: Final = 3 * MOST
_STEM: Final = 4  # letters that make a word the head of a family
_ROWS: Final = 500
_BITS: Final = 21  # of an index, of a column and of a similarity
_LIMIT: Final = (1 << _BITS) - 1

Matrix: TypeAlias = Any  # scipy has no types
Numbers: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Text:
    """What a paper is compared by. `shown`: whether others may link to it."""

    id: str
    title: str
    text: str
    shown: bool = True


def related(texts: Iterable[Text]) -> dict[str, Related]:
    """Up to `MOST` papers nearest to each, nearest first, by its id; duplicates of it are left out."""
    ordered = sorted(texts, key=lambda text: text.id)
    names, matrix = _vectors(ordered) if any(WORD.search(text.title) for text in ordered) else ([], None)
    if not names:
        return {}
    near = list(_nearest(ordered, matrix))
    pairs = [(one, other) for one, others in enumerate(near) for other in others]
    shared = iter(_shared(names, matrix, np.array(pairs, np.int64).reshape(-1, 2)))
    return {
        text.id: Related(tuple(ordered[other].id for other in others), tuple(islice(shared, len(others))))
        for text, others in zip(ordered, near, strict=True)
    }


def _vectors(texts: Sequence[Text]) -> tuple[list[str], Matrix]:
    """The vocabulary in its usual spelling, and a row of weights for each paper, of its strongest words."""
    counter = CountVectorizer(analyzer=WORD.findall, dtype=np.int32)
    written = counter.fit_transform(f"{text.title}\n{text.title}\n{text.text}" for text in texts)
    spellings: list[str] = counter.get_feature_names_out().tolist()
    words, counts = _merged(spellings, written)
    papers = np.bincount(counts.indices, minlength=len(words))
    common = max(_COMMON, int(_COMMON_SHARE * len(texts)))
    informative = (papers >= _RARE) & (papers <= common) & [word not in PLAIN for word in words]
    if not informative.any():
        return [], None
    totals = dict(zip(spellings, np.asarray(written.sum(axis=0)).ravel().tolist(), strict=True))
    kept = (word for word, is_kept in zip(words, informative, strict=True) if is_kept)
    weights = TfidfTransformer(sublinear_tf=True).fit_transform(counts[:, informative])
    return _usual_spelling(kept, totals), _strongest(weights)


def _merged(spellings: Sequence[str], counts: Matrix) -> tuple[list[str], Matrix]:
    """The keys of all spellings in alphabetical order, and the counts with a column for each key."""
    keys = [word_key(spelling) for spelling in spellings]
    words = sorted(set(keys))
    place = {word: number for number, word in enumerate(words)}
    ones = np.ones(len(keys), np.int32)
    merge = sparse.csr_matrix(
        (ones, (np.arange(len(keys)), [place[key] for key in keys])), shape=(len(keys), len(words))
    )
    return words, counts @ merge


def _strongest(weights: Matrix) -> Matrix:
    """The weights as integers, only the largest of each row."""
    rows = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    whole = np.rint(weights.data * _UNIT).astype(np.int64)
    rows, columns, values = _best(rows, weights.indices, whole, _STRONGEST)
    return sparse.csr_matrix((values.astype(np.int32), (rows, columns)), shape=weights.shape)


def _usual_spelling(words: Iterable[str], totals: Mapping[str, int]) -> list[str]:
    """The most frequent spelling of each word in running text."""
    best: dict[str, tuple[int, str]] = {}
    for spelling, total in totals.items():
        key = word_key(spelling)
        best[key] = max(best.get(key, (0, "")), (total, _in_a_sentence(spelling, totals)))
    return [best[word][1] for word in words]


def _in_a_sentence(spelling: str, totals: Mapping[str, int]) -> str:
    """The spelling without capitals that are there only for a title or the start of a sentence."""
    parts = spelling.split("-")
    plain = all(part in (part.lower(), part.capitalize()) for part in parts)
    return spelling.lower() if plain and parts[-1].lower() in totals else spelling


def _best(rows: Numbers, columns: Numbers, values: Numbers, most: int) -> tuple[Numbers, Numbers, Numbers]:
    """The `most` largest values of each row, the largest first; of equal ones that in the lower column."""
    keys = np.sort((rows << 2 * _BITS) | ((_LIMIT - values.astype(np.int64)) << _BITS) | columns)
    rows = keys >> 2 * _BITS
    kept = _rank(rows) < most
    return rows[kept], (keys & _LIMIT)[kept], (_LIMIT - ((keys >> _BITS) & _LIMIT))[kept]


def _rank(rows: Numbers) -> Numbers:
    """The rank of each element within its row, from 0; the elements of a row are adjacent."""
    new = np.flatnonzero(np.diff(rows, prepend=-1))
    return np.arange(len(rows)) - np.repeat(new, np.diff(new, append=len(rows)))


def _nearest(texts: Sequence[Text], matrix: Matrix) -> Iterator[list[int]]:
    """The indexes of the papers nearest to each."""
    shown = sparse.diags([text.shown for text in texts], dtype=np.int32)
    others = (shown @ matrix).T.tocsr()
    titles = [text.title.casefold() for text in texts]
    for start in range(0, len(texts), _ROWS):
        similarity = matrix[start : start + _ROWS] @ others
        for row, (begin, end) in enumerate(pairwise(similarity.indptr), start):
            near = _candidates(similarity.indices[begin:end], similarity.data[begin:end])
            fit = (
                other
                for other, value in near
                if other != row
                and not _is_one_work(texts[row], texts[other], value, titles[row], titles[other])
            )
            yield list(islice(fit, MOST))


def _candidates(places: Numbers, similarity: Numbers) -> Iterator[tuple[int, int]]:
    """Index and similarity of the nearest papers, nearest first."""
    keys = (similarity.astype(np.int64) << _BITS) | (_LIMIT - places)
    keys = keys[similarity >= _LEAST]
    if len(keys) > _CANDIDATES:
        keys = np.partition(keys, -_CANDIDATES)[-_CANDIDATES:]
    return ((_LIMIT - (key & _LIMIT), key >> _BITS) for key in np.sort(keys)[::-1].tolist())


def _is_one_work(one: Text, other: Text, similarity: int, title: str, other_title: str) -> bool:
    if title == other_title:
        return True
    if similarity < _SIMILAR_AS_ONE and not fuzz.ratio(title, other_title, score_cutoff=_SIMILAR_TITLES):
        return False
    return duplicates.are_duplicates(
        *(Paper(id=text.id, title=text.title, abstract=text.text) for text in (one, other))
    )


def _shared(names: Sequence[str], matrix: Matrix, pairs: Numbers) -> Iterator[tuple[str, ...]]:
    """For each pair of papers the words that make them similar, one of each family."""
    products = matrix[pairs[:, 0]].multiply(matrix[pairs[:, 1]]).tocsr()
    rows = np.repeat(np.arange(len(pairs)), np.diff(products.indptr))
    rows, columns, _ = _best(rows, products.indices, products.data, products.shape[1])
    families = np.array(_families(names), np.int64)[columns]
    first = np.sort(np.unique((rows << _BITS) | families, return_index=True)[1])
    first = first[_rank(rows[first]) < MOST_WORDS]
    ends = np.cumsum(np.bincount(rows[first], minlength=len(pairs))).tolist()
    found = [names[column] for column in columns[first].tolist()]
    return (tuple(found[start:end]) for start, end in pairwise([0, *ends]))


def _families(names: Iterable[str]) -> list[int]:
    """The number of each word's family: words that begin with a whole other one belong to it."""
    families, head = [], "?"
    for number, name in enumerate(map(str.casefold, names)):
        if not (len(head) >= _STEM and name.startswith(head)):
            head, family = name, number
        families.append(family)
    return families
