"""Authors of papers as files name them: in words, or with an ORCID iD."""

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Annotated, Final, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic import model_serializer as serializer
from pydantic import model_validator as validator

from papershelf.core.problems import InvalidValueError

ORCID_PATTERN: Final = r"^(https?://(www\.)?orcid\.org/)?([0-9]{4}-){3}[0-9]{3}[0-9Xx]/?$"
_ET_AL: Final = re.compile(
    r"(?:and |& ?)?(?:others|et\.? ?al(?:ii)?\.?|\.\.\.|…)"
    r"|(?P<name>.*)[ ,;](?:(?:and|&) others|et\.? al(?:ii)?\.?)",
    re.IGNORECASE,
)
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


Named = TypeVar("Named", bound=object)


def without_et_al(authors: Sequence[Named | str]) -> tuple[tuple[Named | str, ...], bool]:
    """The authors without "et al." or "and others" at the end, and whether that was there."""
    last = authors[-1] if authors else None
    found = _ET_AL.fullmatch(" ".join(last.split())) if isinstance(last, str) else None
    if not found:
        return tuple(authors), False
    name = (found["name"] or "").rstrip(" ,;")
    return (*authors[:-1], *filter(None, [name])), True


Orcid = Annotated[
    str,
    BeforeValidator(lambda value: checked_orcid(value) if isinstance(value, str) else value),
    Field(json_schema_extra={"pattern": ORCID_PATTERN}),
]


class Author(BaseModel):
    """An author: a person, or a group that has one name. The name alone will do, a group's in braces."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)] = Field(
        description="Written Ada Fern or Fern, Ada."
    )
    orcid: Orcid | None = Field(default=None, description="ORCID iD, the address or the digits.")
    group: bool = Field(default=False, description="It is no person: a group, whose name is not split.")

    def __str__(self) -> str:
        return self.name

    @validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        fields = {"name": value} if isinstance(value, str) else value
        if isinstance(fields, Mapping):
            name = fields.get("name")
            if isinstance(name, str) and (whole := name_in_braces(name)):
                return {**fields, "name": whole, "group": True}
        return fields

    @serializer
    def _written(self) -> str | dict[str, str | bool]:
        """The name alone if that says all."""
        text = f"{{{self.name}}}" if self.group else self.name
        if not self.orcid and name_in_braces(text) == (self.name if self.group else ""):
            return text
        known = {"name": self.name, "orcid": self.orcid, "group": self.group}
        return {name: value for name, value in known.items() if value}
