"""Split authors' names into the parts that bibliographies sort and format them by."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from papershelf.text.tables import words

_SUFFIX: Final = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
_GROUP: Final = re.compile(
    r"\b(?:and|et al|team|group|collaboration|consortium|committee|project|initiative|institute|university"
    r"|laborator(?:y|ies)|labs?|inc|ltd|gmbh|foundation|association|community|contributors|others)\b|[&/():]",
    re.IGNORECASE,
)
_PARTICLES: Final = words(
    "al af av bin da dal das de degli dei del della den der des di do dos du el et ibn la le los of op 't te"
    " ten ter uit und van vom von zu zum zur"
)
_CAPITALISED: Final = words(
    "Abu Al Ben Bin Da Das De Del Della Den Der Di Dos Du El Ibn La Le Mac Saint St. Ter Van Von"
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name. A name without parts (a group, a single name) is all `family`.

    particle: lower-case words before the family name, as in "van der Maaten".
    """

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""


@lru_cache(maxsize=1 << 16)
def split_name(name: str) -> PersonName:
    """Split a name written "Given Family" or "Family, Given".

    The family name follows the particle, or is the last word if there is none. Names of groups are not split.
    """
    before, comma, after = (part.strip() for part in name.partition(","))
    if _GROUP.search(name) or "," in after:
        return PersonName(name)
    if comma and before and after and not _SUFFIX.fullmatch(after):
        particle, family = _split_particles(before.split())
        return PersonName(family, after, particle)
    parts = f"{before} {after}".split()
    suffix = parts.pop() if parts[2:] and _SUFFIX.fullmatch(parts[-1]) else ""
    if not parts[1:] or not parts[-1][:1].isalpha():
        return PersonName(name)
    start = _start_of_family(parts)
    particle, family = _split_particles(parts[start:])
    return PersonName(family, " ".join(parts[:start]), particle, suffix)


def _start_of_family(parts: list[str]) -> int:
    """The index at which the family name and its particle start; the first word is always a given name."""
    for place, word in enumerate(parts[1:-1], start=1):
        if word in _PARTICLES:
            return place
    start = len(parts) - 1
    while start > 1 and parts[start - 1] in _CAPITALISED:
        start -= 1
    return start


def _split_particles(parts: list[str]) -> tuple[str, str]:
    """The leading particles, and the rest, which is never empty."""
    count = 0
    while count < len(parts) - 1 and parts[count] in _PARTICLES:
        count += 1
    return " ".join(parts[:count]), " ".join(parts[count:])
