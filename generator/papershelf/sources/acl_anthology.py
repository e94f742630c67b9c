"""Reader of the XML in which the ACL Anthology keeps its papers, a file for each year of a venue."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location, Problem
from papershelf.sources.checked import checked
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.short_dates import MONTHS
from papershelf.sources.values import partial_date, quoted
from papershelf.sources.xml_documents import (
    Element,
    around,
    child_text,
    children,
    head,
    line_of,
    load,
    marked_text,
    name_of,
    root_name,
)
from papershelf.text import slug

_SITE: Final = "https://aclanthology.org/"
_MONTHS: Final = [month[:3].lower() for month in MONTHS]
_MONTH: Final = re.compile("|".join(_MONTHS), re.IGNORECASE)
_NEW_STYLE: Final = re.compile(r"[0-9]{4}\.")
_IDENTIFIER: Final = re.compile(r"[A-Z][0-9]{2}-[0-9]{4}|[0-9]{4}\.[a-z0-9]+-[a-z0-9]+\.[0-9]+")


@dataclass(frozen=True, slots=True)
class _Volume:
    """What the papers of a volume share; `name` begins their ids."""

    name: str = ""
    title: str = ""
    published: PartialDate | None = None
    is_journal: bool = False


def _mismatch(text: str) -> str:
    root = root_name(text)
    if root != "collection":
        return "has no <collection> around it" if root else "is no XML"
    return "" if "<volume" in head(text) else "has no <volume> in its <collection>"


def _read(text: str, file: str, options: ReadOptions) -> ParsedDocument:
    document = load(text, file)
    papers, problems = document.records("paper")
    known: dict[Element | None, _Volume] = {None: _Volume()}
    read: list[tuple[Element, _Volume]] = []
    for paper in papers:
        place = around(paper, "volume")
        if place is not None and place not in known:
            known[place] = _volume(place)
        read.append((paper, known[place]))
    volumes = {volume.name: volume.title for _, volume in read}
    name, title = next(iter(volumes.items())) if len(volumes) == 1 else (_collection(document.root), "")
    return ParsedDocument(
        entries=tuple(_entry(paper, volume) for paper, volume in read),
        title=title or f"ACL Anthology {name}".rstrip(),
        listing_id=slug(name) if name else None,
        captured=options.captured,
        problems=(*problems, *chain.from_iterable(_warnings(paper, file) for paper in papers)),
    )


def _collection(root: Element | None) -> str:
    return root.attrib.get("id", "") if root is not None else ""


def _volume(volume: Element) -> _Volume:
    meta = next(iter(children(volume, "meta")), volume)
    month = _MONTH.search(child_text(meta, "month"))
    number = _MONTHS.index(month[0].lower()) + 1 if month else None
    return _Volume(
        name=f"{_collection(around(volume, 'collection'))}-{volume.attrib.get('id', '')}",
        title=child_text(meta, "journal-title") or child_text(meta, "booktitle"),
        published=partial_date(child_text(meta, "year"), number),
        is_journal=volume.attrib.get("type") == "journal",
    )


def _entry(paper: Element, volume: _Volume) -> Entry:
    identifier = _identifier(paper, volume)
    return Entry(
        line=line_of(paper),
        title=child_text(paper, "title"),
        abstract=child_text(paper, "abstract") or None,
        authors=tuple(filter(None, map(_name, children(paper, "author")))),
        published=volume.published,
        doi=child_text(paper, "doi") or None,
        url=f"{_SITE}{identifier}/" if identifier else None,
        pdf=f"{_SITE}{identifier}.pdf" if identifier else None,
        links=tuple(filter(None, (code.attrib.get("url", "") for code in children(paper, "pwccode")))),
        venue=volume.title or None,
        type="article" if volume.is_journal else "inproceedings",
    )


def _identifier(paper: Element, volume: _Volume) -> str:
    """The id as the paper's own address has it, else made from those of volume and paper."""
    written = child_text(paper, "url")
    if _IDENTIFIER.fullmatch(written):
        return written
    number = paper.attrib.get("id", "")
    if not _NEW_STYLE.match(volume.name) or not number:
        return ""
    return f"{volume.name}.{number}"


def _name(author: Element) -> str:
    """A person as `Last, First`, or by one name alone."""
    return ", ".join(filter(None, (child_text(author, "last"), child_text(author, "first"))))


def _warnings(paper: Element, file: str) -> Iterator[Problem]:
    for notice in children(paper, "retracted", "removed"):
        message = f"{quoted(child_text(paper, 'title'))} was {name_of(notice)}: {quoted(marked_text(notice))}"
        cure = "leave it out, or give the reason with withdrawn: in the curation"
        yield Problem(Location(file, line_of(paper)), message, cure, "warning")


READER = checked(
    Reader(
        "acl-anthology",
        "XML of the ACL Anthology, from data/xml of github.com/acl-org/acl-anthology",
        _mismatch,
        _read,
    )
)
