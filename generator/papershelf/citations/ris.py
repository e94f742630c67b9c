"""RIS records, for EndNote, Mendeley, Zotero and library catalogues."""

from collections.abc import Iterator
from typing import Final

from papershelf.citations.type_names import TYPE_NAMES
from papershelf.citations.work import Work, work
from papershelf.core.model import Paper
from papershelf.text.people import PersonName

LINE_END: Final = "\r\n"


def ris(paper: Paper, key: str) -> str:
    """The RIS record of a paper; every line ends in CRLF, as the format requires."""
    return "".join(f"{tag}  - {value}{LINE_END}" for tag, value in _lines(paper, work(paper), key))


def _lines(paper: Paper, cited: Work, key: str) -> Iterator[tuple[str, str]]:
    yield "TY", TYPE_NAMES[cited.type].ris
    yield "ID", key
    yield "TI", cited.title
    yield from (("AU", _person(name)) for name in cited.authors)
    if cited.year:
        yield "PY", str(cited.year)
    if cited.month:
        yield "DA", f"{cited.year}/{cited.month:02}" + (f"/{cited.day:02}" if cited.day else "")
    yield from _published(cited)
    if paper.arxiv:
        yield "M1", f"arXiv:{paper.arxiv}"
    if paper.doi:
        yield "DO", paper.doi
    if cited.link:
        yield "UR", cited.link
    if cited.withdrawn:
        yield "N1", "Withdrawn"
    if cited.remark:
        yield "N1", cited.remark
    yield "ER", ""


def _published(cited: Work) -> Iterator[tuple[str, str]]:
    if cited.venue and TYPE_NAMES[cited.type].contained:
        yield "T2", cited.venue
    if cited.publisher:
        yield "PB", cited.publisher
    if cited.genre:
        yield "M3", cited.genre


def _person(name: PersonName) -> str:
    parts = (f"{name.particle} {name.family}".lstrip(), name.given, name.suffix)
    return ", ".join(part for part in parts if part)
