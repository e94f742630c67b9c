"""Citation keys: `zhou2023few` for a paper by Zhou of 2023 whose title begins with "Few-Shot"."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import count
from typing import Final

from papershelf import text
from papershelf.citations.names import split
from papershelf.citations.work import cited_year
from papershelf.core.model import Paper
from papershelf.text.tables import words

_LONGEST: Final = 24
_WORD: Final = re.compile(r"[a-z0-9]+")
_SILENT: Final = re.compile(r"['`*]")
_INSIGNIFICANT: Final = words(
    "a an and are as at be by can do does for from how in into is it its of on or that the their this to via"
    " vs we what when where which why with without you your"
)


def keys(papers: Iterable[Paper]) -> Mapping[str, str]:
    """The key of each paper, by its id: small letters, digits and hyphens, unique, in any order the same.

    The first author's family name, the year, the first significant word of the title; without authors the
    first two words, then the year. Of papers that would share a key the oldest keeps it (by day, then by id);
    the others add a hyphen and further words of their titles. So a key depends only on the papers that would
    share it, and one that is published later leaves the others as they are.
    """
    alike: defaultdict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        alike[_plain_key(paper)].append(paper)
    return {paper_id: key for shared, group in alike.items() for paper_id, key in _told_apart(shared, group)}


def _told_apart(shared: str, papers: Sequence[Paper]) -> Iterator[tuple[str, str]]:
    if len(papers) == 1:
        yield papers[0].id, shared
        return
    taken: set[str] = set()
    for paper in sorted(papers, key=lambda paper: (paper.published or date.max, paper.id)):
        key = next(each for each in _longer_and_longer(shared, paper) if each not in taken)
        taken.add(key)
        yield paper.id, key


def _longer_and_longer(shared: str, paper: Paper) -> Iterator[str]:
    yield shared
    further = _significant(paper.title)[1 if _family(paper) else 2 :]
    for size in range(1, len(further) + 1):
        yield f"{shared}-{''.join(further[:size])}"
    yield from (f"{shared}-{number}" for number in count(2))


def _plain_key(paper: Paper) -> str:
    family, year = _family(paper), str(cited_year(paper) or "")
    named = "".join(_significant(paper.title)[: 1 if family else 2])
    return f"{family}{year}{named}" if family else f"{named}{year}"


def _family(paper: Paper) -> str:
    """The first author's family name as a key has it, "" if there is none."""
    return _folded_family(paper.authors[0]) if paper.authors else ""


@lru_cache(maxsize=1 << 16)
def _folded_family(author: str) -> str:
    return "".join(_words(split(text.plain(author)).family))[:_LONGEST]


def _significant(title: str) -> list[str]:
    """The words of a title that tell it from others, all of them if none does; never empty."""
    all_words = [word[:_LONGEST] for word in _words(title)]
    return [word for word in all_words if word not in _INSIGNIFICANT] or all_words or ["paper"]


def _words(phrase: str) -> list[str]:
    """The words of a text in ASCII, transliterated where it is in other letters."""
    if phrase.isascii():
        return _WORD.findall(_SILENT.sub("", phrase).lower())
    return _WORD.findall(text.slug(phrase)) if any(map(str.isalnum, phrase)) else []
