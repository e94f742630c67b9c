"""`authors:` of a curation file: a list of people, each by a name or by fields."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, model_validator

from papershelf.content.prose import Name
from papershelf.core import person
from papershelf.core.model import Frozen
from papershelf.core.person import Author
from papershelf.core.problems import InvalidValueError
from papershelf.text import people

_BETWEEN: Final = re.compile(r"\s*;\s*|,?\s+(?:and|&)\s+")
_QUOTED_IN_YAML: Final = re.compile(r"[]\[{},:#&*!|>'\"%@`]")
_PAIR: Final = 2

Orcid = Annotated[
    str,
    BeforeValidator(lambda value: person.checked_orcid(value) if isinstance(value, str) else value),
    Field(json_schema_extra={"pattern": person.ORCID_PATTERN}),
]


def without_et_al(fields: object) -> object:
    """A decision's fields, where `authors` that end in et al. became `more_authors`."""
    if isinstance(fields, Mapping) and isinstance(fields.get("authors"), list | tuple):
        authors, more = person.without_et_al(fields["authors"])
        return {**fields, "authors": authors, "more_authors": True} if more else fields
    return fields


def _one_author(value: object) -> object:
    """Refuse a name that holds several, and braces that YAML takes for its own."""
    if isinstance(value, Mapping) and value and not any(value.values()):
        raise InvalidValueError("without values is no author", f'quote the braces: "{{{", ".join(value)}}}"')
    if isinstance(value, str) and len(names := _people(value, 3)) > 1 and not _is_one_name(value):
        cure = f'write a list: {_as_list(names)}; one name, with quotes and braces: "{{{value.strip()}}}"'
        raise InvalidValueError("is several names", cure)
    return value


def _list_of_authors(value: object) -> object:
    """Refuse a text in the place of a list, and a list of halves of names."""
    if isinstance(value, str):
        names = [value] if _is_one_name(value) else _people(value, _PAIR)
        raise InvalidValueError("is not a list", f"write {_as_list(names)}")
    if isinstance(value, list | tuple) and (names := _joined_halves(value)):
        cure = f'write {_as_list(names)}; whole names, with quotes and braces: "{{{value[0]}}}"'
        raise InvalidValueError("of single words seems to be family and given names in turn", cure)
    return value


class CuratedAuthor(Frozen):
    """An author as a curator gives one: the name alone will do, in braces if it is not to be split."""

    name: Name = Field(description="Written Ada Fern or Fern, Ada.")
    orcid: Orcid | None = Field(default=None, description="ORCID iD: its address, or the digits.")
    group: bool = Field(default=False, description="Whether it is a group, whose name is not split.")

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value

    @property
    def author(self) -> Author:
        """The same for the rest of the program."""
        return Author.read(self.model_dump())


CuratedAuthors = Annotated[
    tuple[Annotated[CuratedAuthor, BeforeValidator(_one_author)], ...],
    Field(min_length=1),
    BeforeValidator(_list_of_authors),
]


def _is_one_name(text: str) -> bool:
    return bool(person.name_in_braces(text)) or people.is_organisation(text)


def _people(text: str, least: int) -> list[str]:
    """The names in a text: between semicolons or "and", else between commas if these separate names.

    least: how many whole names commas must separate to be no family and given name.
    """
    pieces = _filled(_BETWEEN.split(text))
    if len(pieces) > 1 and (";" in text or all("," in piece for piece in pieces)):
        return pieces
    if len(pieces) > 1:
        return [name for piece in pieces for name in _between_commas(piece, _PAIR)]
    return _between_commas(text, least)


def _between_commas(text: str, least: int) -> list[str]:
    pieces = _filled(text.split(","))
    if len(pieces) >= least and all(len(piece.split()) > 1 for piece in pieces):
        return pieces
    if len(pieces) > _PAIR and len(pieces) % _PAIR == 0:
        return [", ".join(pair) for pair in zip(pieces[::2], pieces[1::2], strict=True)]
    return [text.strip()]


def _joined_halves(names: Sequence[object]) -> list[str]:
    """The whole names of a list of single words, family and given names in turn; empty if it is none."""
    words = [name for name in names if isinstance(name, str) and _is_half(name)]
    if not words or len(words) < len(names) or len(words) % _PAIR:
        return []
    return [f"{given} {family}" for family, given in zip(words[::2], words[1::2], strict=True)]


def _is_half(name: str) -> bool:
    """Whether this is a single word that may be half of a name, in a script that has capitals."""
    return len(name.split()) == 1 and name != name.swapcase() and not _is_one_name(name)


def _filled(pieces: Sequence[str]) -> list[str]:
    return [piece.strip() for piece in pieces if piece.strip()]


def _as_list(names: Sequence[str]) -> str:
    """The names as a list in YAML, in the order in which they are read."""
    shown = map(people.in_order, names)
    return f"[{', '.join(_quoted(name) if _QUOTED_IN_YAML.search(name) else name for name in shown)}]"


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
