"""Names of authors: split as BibTeX splits them, shown, and made comparable."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from papershelf.core.person import Author
from papershelf.text.markdown import plain
from papershelf.text.names import normalise
from papershelf.text.tables import words

_SUFFIX: Final = re.compile(r"(?:Jn?r|Sn?r)\.?|I{2,3}|IV")
_ORGANISATION: Final = re.compile(
    r"\b(?i:team|group|collaborations?|collaborators|consortium|committee|project|initiative|institutes?|institut"
    r"|university|laborator(?:y|ies)|labs?|inc|ltd|gmbh|llc|corporation|company|foundation|association|community"
    r"|contributors|developers|investigators|research|department|ministry|society|agency|council|academy"
    r"|centers?|centres?|network|alliance|organi[sz]ation|task force)\b"
    r"|\b(?:AI|AGI|ML|NLP|IBM|NVIDIA|Alibaba|Anthropic|Baidu|ByteDance|DeepMind|DeepSeek|Google|Huawei|Microsoft"
    r"|OpenAI|Tencent)\b"
    r"|^(?=\w+$)\w*?[a-z][A-Z]"
)
"""Words of organisations, which no person is called; and a single word with a capital inside: EleutherAI."""
_SEVERAL: Final = re.compile(r"\b(?:and|et al|others)\b|[&/():;]", re.IGNORECASE)
_PARTICLES: Final = words(
    "al af av bin da dal das de degli dei del della den der des di do dos du el et ibn la le los of op 't te"
    " ten ter uit und van vom von zu zum zur"
)
_CAPITALISED: Final = words(
    "Abu Al Ben Bin Da Das De Del Della Den Der Di Dos Du El Ibn La Le Mac Saint St. Ter Van Von"
)
_JOINING: Final = words("y e i")
_FAMILY_FIRST: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name. A name without parts (a group, a single name) is all `family`.

    particle: lower-case words before the family name, as in "van der Maaten".
    """

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""


def parts(author: Author) -> PersonName:
    """The parts of an author's name as plain text; `family` is "" if it has no visible letter."""
    name = plain(author.name)
    return PersonName(name) if author.group else split_name(name)


def is_group(author: Author) -> bool:
    """Whether an author is said to be a group, or has a name that only organisations have."""
    return author.group or is_organisation(author.name)


def is_organisation(name: str) -> bool:
    """Whether this is a name that only organisations have."""
    return bool(_ORGANISATION.search(name))


def shown(author: Author) -> str:
    """The name as it is read, cleaned text: Ada Fern, also for `Fern, Ada`."""
    return author.name if author.group else in_order(author.name)


def plain_names(authors: Iterable[Author]) -> tuple[str, ...]:
    """The names as they are read, plain text."""
    return tuple(plain(shown(author)) for author in authors)


def in_order(written: str) -> str:
    """A name in the order in which it is read."""
    if "," not in written:
        return written
    name = split_name(written)
    if _FAMILY_FIRST.fullmatch(name.family) and not name.particle:
        return f"{name.family}{name.given}"
    return " ".join(filter(None, (name.given, name.particle, name.family, name.suffix)))


def families(authors: Iterable[Author]) -> frozenset[str]:
    """The authors' family names so that their spellings compare equal: without case, accents, particles."""
    return frozenset(_comparable(parts(author).family) for author in authors)


def with_orcids(authors: tuple[Author, ...], others: Iterable[Author]) -> tuple[Author, ...]:
    """The authors, those without an ORCID iD with that of the same name among `others`."""
    known = {_comparable(shown(each)): each.orcid for each in others if each.orcid}
    if not known:
        return authors
    names = [_comparable(shown(each)) for each in authors]
    count = Counter(names)  # of two people with one name, who is who is not known
    return tuple(
        replace(each, orcid=known[name]) if not each.orcid and name in known and count[name] == 1 else each
        for each, name in zip(authors, names, strict=True)
    )


@lru_cache(maxsize=1 << 16)
def split_name(name: str) -> PersonName:
    """Split a name written "Given Family", "Family, Given", "Family, Jr., Given" or "Family, Given, Jr.".

    The family name follows the particle, or is the last word if there is none; "y" joins two words to one
    family name. Names of groups are not split.
    """
    if _ORGANISATION.search(name) or _SEVERAL.search(name):
        return PersonName(name)
    pieces = [piece.strip() for piece in name.split(",")]
    suffixes = [piece for piece in pieces[1:] if _SUFFIX.fullmatch(piece)]
    match [piece for piece in pieces if piece not in suffixes], suffixes:
        case [whole], ([] | [_]) if whole:
            found = _given_first(whole.split(), suffixes)
        case [family, given], ([] | [_]) if family and given:
            found = _family_first(family.split(), given.split(), suffixes)
        case _:
            found = None
    return found or PersonName(name)


def _given_first(name: list[str], suffixes: list[str]) -> PersonName | None:
    """The parts of "Given Family"; None for a single word."""
    if not suffixes and name[2:]:
        name, suffixes = _without_suffix(name)
    if not name[1:] or not name[-1][:1].isalpha():
        return None
    start = _start_of_family(name)
    if start == 0:
        return None
    particle, family = _split_particles(name[start:])
    return PersonName(family, " ".join(name[:start]), particle, "".join(suffixes))


def _family_first(family: list[str], given: list[str], suffixes: list[str]) -> PersonName:
    """The parts of "Family, Given"; the suffix may follow either, and the particle the given name."""
    if not suffixes:
        family, suffixes = _without_suffix(family)
    if not suffixes:
        given, suffixes = _without_suffix(given)
    particle, last = _split_particles(family)
    end = len(given)
    while not particle and end > 1 and given[end - 1] in _PARTICLES:
        end -= 1
    return PersonName(last, " ".join(given[:end]), particle or " ".join(given[end:]), "".join(suffixes))


def _without_suffix(name: list[str]) -> tuple[list[str], list[str]]:
    """The words before the suffix, and the suffix if there is one."""
    end = -1 if name[1:] and _SUFFIX.fullmatch(name[-1]) else len(name)
    return name[:end], name[end:]


def _start_of_family(name: list[str]) -> int:
    """The index at which the family name and its particle start, 0 if there is no given name."""
    is_capitalised = not (name[0][:1].islower() or name[-1][:1].islower())
    for place, word in enumerate(name[1:-1], start=1):
        if word in _JOINING:
            return place - 1
        if word in _PARTICLES or (is_capitalised and word[:1].islower()):
            return place
    start = len(name) - 1
    while start > 1 and name[start - 1] in _CAPITALISED:
        start -= 1
    return start


def _split_particles(name: list[str]) -> tuple[str, str]:
    """The leading particles, and the rest, which is never empty."""
    count = 0
    while count < len(name) - 1 and (name[count] in _PARTICLES or name[count][:1].islower()):
        count += 1
    return " ".join(name[:count]), " ".join(name[count:])


@lru_cache(maxsize=1 << 16)
def _comparable(name: str) -> str:
    found = normalise(name).split()
    count = 0
    while count < len(found) - 1 and found[count] in _PARTICLES:
        count += 1
    return " ".join(found[count:])
