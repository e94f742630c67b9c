"""Authors of papers as files name them: in words, or with an ORCID iD."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from papershelf.core.problems import InvalidValueError

ORCID_PATTERN: Final = r"^(https?://(www\.)?orcid\.org/)?([0-9]{4}-){3}[0-9]{3}[0-9Xx]/?$"
_ET_AL: Final = re.compile(
    r"(?:and |& ?)?(?:others|et\.? ?al(?:ii)?\.?|\.\.\.|…)"
    r"|(?P<name>.*)[ ,;](?:(?:and|&) others|et\.? al(?:ii)?\.?)",
    re.IGNORECASE,
)
_FIELDS: Final = frozenset(("name", "orcid", "group"))
_LIKE: Final = "sixteen digits like 0000-0002-1825-0097"


def checked_orcid(written: str) -> str:
    """The ORCID iD, without an address around it; raises InvalidValueError if it is none.

    Its last character is a check digit (ISO 7064, MOD 11-2).
    """
    if not re.fullmatch(ORCID_PATTERN, written):
        raise InvalidValueError("is no ORCID iD", _LIKE)
    orcid = written.rstrip("/").rpartition("/")[2].upper()
    digits = orcid.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    if digits[-1] != "0123456789X"[(12 - total % 11) % 11]:
        raise InvalidValueError("is no ORCID iD: its last digit does not fit the others", "copy it again")
    return orcid


def known_orcid(written: str) -> str | None:
    """The ORCID iD in a document of others, None if it is none."""
    try:
        return checked_orcid(written.strip())
    except InvalidValueError:
        return None


def name_in_braces(text: str) -> str:
    """The name that has braces around the whole of it, as BibTeX protects one; "" if it has none."""
    text = " ".join(text.split())
    start, end = len(text) - len(text.lstrip("{ ")), len(text.rstrip("} "))
    depths = list(accumulate((sign == "{") - (sign == "}") for sign in text))
    if not 0 < start < end or min(depths) < 0 or depths[-1] != 0:
        return ""
    around = min(depths[start - 1 : end])
    opened, closed = text[:start].count("{"), text[end:].count("}")
    return "{" * (opened - around) + text[start:end] + "}" * (closed - around) if around else ""


def is_et_al(name: str) -> bool:
    """Whether a name, white space single, is "et al." or "and others", in whichever words."""
    found = _ET_AL.fullmatch(name)
    return found is not None and found["name"] is None


Named = TypeVar("Named", bound=object)


def without_et_al(authors: Sequence[Named | str]) -> tuple[tuple[Named | str, ...], bool]:
    """The authors without "et al." or "and others" at the end, and whether that was there."""
    last = authors[-1] if authors else None
    found = _ET_AL.fullmatch(" ".join(last.split())) if isinstance(last, str) else None
    if not found:
        return tuple(authors), False
    name = (found["name"] or "").rstrip(" ,;")
    return (*authors[:-1], *filter(None, [name])), True


@dataclass(frozen=True)  # without slots, as that is pickled in half the time
class Author:
    """An author: a person, or a group under one name.

    name: written `Ada Fern` or `Fern, Ada`, without braces around it.
    group: whether somebody says that the name is one, not split into given and family name.
    """

    name: str
    orcid: str | None = None
    group: bool = False

    def __str__(self) -> str:
        return self.name

    @classmethod
    def read(cls, written: object) -> "Author":
        """Read what `written` gives; raises ValueError for anything else."""
        if isinstance(written, Author):
            return written
        fields = written if isinstance(written, dict) else {"name": written}
        name, orcid, group = (fields.get(key) for key in ("name", "orcid", "group"))
        if not isinstance(name, str) or not name.strip() or not fields.keys() <= _FIELDS:
            raise ValueError("an author is a name, or has the fields name, orcid and group")
        whole = name_in_braces(name) if "{" in name else ""
        return cls(whole or name.strip(), checked_orcid(str(orcid)) if orcid else None, bool(group or whole))

    def written(self) -> str | dict[str, str | bool]:
        """As files have it: the name alone if that says all, a group's in braces."""
        text = f"{{{self.name}}}" if self.group else self.name
        if not self.orcid and Author.read(text) == self:
            return text
        known = {"name": self.name, "orcid": self.orcid, "group": self.group}
        return {name: value for name, value in known.items() if value}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read from and written as what files have."""
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(cls.written)
        )
