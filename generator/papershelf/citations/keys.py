"""Citation keys, such as `zhou2023few` for a paper by Zhou from 2023 whose title begins with "Few-Shot"."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import Final

from papershelf import text
from papershelf.citations.work import cited_year
from papershelf.core.model import Paper
from papershelf.core.partial_date import LAST_YEAR, PartialDate
from papershelf.core.person import Author
from papershelf.text import people
from papershelf.text.tables import words

_LONGEST: Final = 24
_UNDATED: Final = PartialDate(LAST_YEAR, 12, 31)  # last
_WORD: Final = re.compile(r"[a-z0-9]+")
_SILENT: Final = re.compile(r"['`*]")
_STOP_WORDS: Final = words(
    "a an and are as at be by can do does for from how in into is it its of on or that the their this to via"
    " vs we what when where which why with without you your"
)


def keys(papers: Iterable[Paper]) -> Mapping[str, str]:
    """A unique key for each paper, by its id: lower-case letters, digits and hyphens, in any order the same.

    A key is the first author's family name, the year and the first significant word of the title; without
    authors, the first two such words and the year. If several papers would share a key, the oldest keeps it
    (by date, then by id), and the others append a hyphen and further words of their titles. A key depends
    only on the papers that would share it, so that later papers leave earlier keys unchanged.
    """
    sharing: defaultdict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        sharing[_short_key(paper)].append(paper)
    return {
        paper_id: key for shared, group in sharing.items() for paper_id, key in _distinct_keys(shared, group)
    }


def _distinct_keys(shared: str, papers: Sequence[Paper]) -> Iterator[tuple[str, str]]:
    if len(papers) == 1:
        yield papers[0].id, shared
        return
    taken: set[str] = set()
    for paper in sorted(papers, key=lambda paper: (paper.published or _UNDATED, paper.id)):
        key = next(each for each in _candidates(shared, paper) if each not in taken)
        taken.add(key)
        yield paper.id, key


def _candidates(shared: str, paper: Paper) -> Iterator[str]:
    yield shared
    further = _significant(paper.title)[1 if _family(paper) else 2 :]
    for size in range(1, len(further) + 1):
        yield f"{shared}-{''.join(further[:size])}"
    yield from (f"{shared}-{number}" for number in count(2))


def _short_key(paper: Paper) -> str:
    family, year = _family(paper), str(cited_year(paper) or "")
    named = "".join(_significant(paper.title)[: 1 if family else 2])
    return f"{family}{year}{named}" if family else f"{named}{year}"


def _family(paper: Paper) -> str:
    """The first author's family name as it appears in keys, "" if there is no author."""
    return _folded_family(paper.authors[0]) if paper.authors else ""


@lru_cache(maxsize=1 << 16)
def _folded_family(author: Author) -> str:
    return "".join(_words(people.parts(author).family))[:_LONGEST]


def _significant(title: str) -> list[str]:
    """The words of a title without stop words, or all of them if nothing else is left; never empty."""
    all_words = [word[:_LONGEST] for word in _words(title)]
    return [word for word in all_words if word not in _STOP_WORDS] or all_words or ["paper"]


def _words(phrase: str) -> list[str]:
    """The words of a text in ASCII, transliterated from other scripts."""
    if phrase.isascii():
        return _WORD.findall(_SILENT.sub("", phrase).lower())
    return _WORD.findall(text.slug(phrase)) if any(map(str.isalnum, phrase)) else []
