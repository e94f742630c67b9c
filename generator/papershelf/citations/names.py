"""Authors' names in the parts that bibliographies sort and print them by."""

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
class Name:
    """A person's name in its parts; one that has no parts (a group, a single name) is all `family`.

    particle: small words before the family name, as in "van der Maaten".
    """

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""


@lru_cache(maxsize=1 << 16)
def split(name: str) -> Name:
    """The parts of a name written "Given Family" or "Family, Given".

    What follows a particle is the family name; without one, the last word is. A group's name stays whole.
    """
    before, comma, after = (part.strip() for part in name.partition(","))
    if _GROUP.search(name) or "," in after:
        return Name(name)
    if comma and before and after and not _SUFFIX.fullmatch(after):
        particle, family = _small_words(before.split())
        return Name(family, after, particle)
    parts = f"{before} {after}".split()
    suffix = parts.pop() if len(parts) > 2 and _SUFFIX.fullmatch(parts[-1]) else ""  # noqa: PLR2004
    if len(parts) < 2 or not parts[-1][:1].isalpha():  # noqa: PLR2004  a given and a family name
        return Name(name)
    start = _start_of_family(parts)
    particle, family = _small_words(parts[start:])
    return Name(family, " ".join(parts[:start]), particle, suffix)


def _start_of_family(parts: list[str]) -> int:
    """Where the family name starts, its particle included; the first word is always a given name."""
    for place, word in enumerate(parts[1:-1], start=1):
        if word in _PARTICLES:
            return place
    start = len(parts) - 1
    while start > 1 and parts[start - 1] in _CAPITALISED:
        start -= 1
    return start


def _small_words(parts: list[str]) -> tuple[str, str]:
    """The leading particles and the rest, which is never empty."""
    count = 0
    while count < len(parts) - 1 and parts[count] in _PARTICLES:
        count += 1
    return " ".join(parts[:count]), " ".join(parts[count:])
