"""CSL-JSON items, for Zotero, pandoc and other citation processors."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from papershelf.citations.type_names import TYPE_NAMES, CslType
from papershelf.citations.work import Work, work
from papershelf.core.model import Paper
from papershelf.text.people import PersonName


class _Csl(BaseModel):
    model_config = ConfigDict(frozen=True, validate_by_name=True, validate_by_alias=True)


class CslName(_Csl):
    """A name: family and given name, or a literal one that has no parts."""

    family: str | None = Field(default=None, description="Family name.")
    given: str | None = Field(default=None, description="Given names.")
    particle: str | None = Field(
        default=None, alias="non-dropping-particle", description="Particle before the family name: van der."
    )
    suffix: str | None = Field(default=None, description="Suffix of the name: Jr.")
    literal: str | None = Field(default=None, description="A name without parts, such as that of a group.")


class CslDate(_Csl):
    """A date: year, month and day; year and month; or the year alone."""

    parts: tuple[tuple[int, ...], ...] = Field(
        alias="date-parts", description="One list of year, month and day, as far as they are known."
    )


class CslItem(_Csl):
    """A paper as an item of CSL-JSON, the input of citation processors."""

    id: str = Field(description="Citation key, the same as in BibTeX.")
    type: CslType = Field(description="Kind of work, in CSL's words.")
    title: str = Field(description="Title as plain text.")
    author: tuple[CslName, ...] | None = Field(
        default=None, description="Authors in order, as far as they are named; absent if none is."
    )
    issued: CslDate | None = Field(default=None, description="Date of publication.")
    container: str | None = Field(
        default=None, alias="container-title", description="Journal or proceedings it appeared in."
    )
    publisher: str | None = Field(
        default=None, description="Who published it: publisher, school, institution or archive."
    )
    genre: str | None = Field(default=None, description="What sort of thesis or report it is.")
    number: str | None = Field(default=None, description="arXiv id, written arXiv:2501.12340.")
    doi: str | None = Field(default=None, alias="DOI", description="DOI, without a web address.")
    url: str | None = Field(default=None, alias="URL", description="Where it can be read.")
    status: Literal["withdrawn"] | None = Field(
        default=None, description="Says that the paper was withdrawn; absent if not."
    )
    note: str | None = Field(default=None, description="How many authors are not named, if any.")


def csl(paper: Paper, key: str) -> CslItem:
    """The CSL-JSON item of a paper."""
    cited = work(paper)
    names = TYPE_NAMES[cited.type]
    return CslItem(
        id=key,
        type=names.csl,
        title=cited.title,
        author=tuple(map(_person, cited.authors)) or None,
        issued=_issued(cited),
        container=cited.venue or None if names.contained else None,
        publisher=cited.publisher or None,
        genre=cited.genre or None,
        number=f"arXiv:{paper.arxiv}" if paper.arxiv else None,
        doi=paper.doi,
        url=cited.link or None,
        status="withdrawn" if cited.withdrawn else None,
        note=cited.remark or None,
    )


def _person(name: PersonName) -> CslName:
    if not name.given:
        return CslName(literal=name.family)
    return CslName(
        family=name.family,
        given=name.given,
        particle=name.particle or None,
        suffix=name.suffix or None,
    )


def _issued(cited: Work) -> CslDate | None:
    parts = tuple(part for part in (cited.year, cited.month, cited.day) if part)
    return CslDate(parts=(parts,)) if parts else None
