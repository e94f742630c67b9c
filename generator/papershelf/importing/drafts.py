"""Parse and clean one document: a draft of a listing whose records still have ids made from their titles."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Final

from pydantic import ValidationError

from papershelf.content.validation import wording
from papershelf.core.fields import FIELDS
from papershelf.core.model import Link, Listing, Record
from papershelf.core.problems import GeneratorError, Location, Problem
from papershelf.importing.entry_ids import entry_ids
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.readers import READERS, decode, detect
from papershelf.text import clean, links, slug

_IMPORTED: Final = tuple(field.name for field in FIELDS if field.imported)


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file to import: its path as the user wrote it, and its bytes."""

    file: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """Options of an import; `id` and `title` are valid for a single listing only.

    readers: those to choose from, in the order in which they are tried.
    """

    format: str | None = None
    captured: date | None = None
    id: str | None = None
    title: str | None = None
    facts_only: bool = False
    columns: tuple[tuple[str, str], ...] = ()
    readers: tuple[Reader, ...] = READERS


@dataclass(frozen=True, slots=True)
class Draft:
    """A parsed document: records in the order of their entries, and the line in which each begins."""

    file: str
    listing: Listing
    records: tuple[Record, ...]
    lines: tuple[int, ...]


def read_document(document: SourceDocument, options: ImportOptions) -> tuple[Draft | None, list[Problem]]:
    """Parse a document as far as possible; None if there is nothing to import.

    Raises GeneratorError if an option is invalid.
    """
    file = document.file
    text, problems = decode(document.data, file)
    if not text.strip():
        return None, [Problem(Location(file), "the document is empty", "save it again")]
    reader = _choose_reader(text, options)
    if isinstance(reader, dict):
        tried = "; ".join(f"{name}: it {reason}" for name, reason in reader.items())
        message = f"the format is not recognised ({tried})"
        return None, [Problem(Location(file), message, "name one with --format")]
    parsed = reader.read(text, file, ReadOptions(captured=options.captured, columns=dict(options.columns)))
    found = [_record(entry, options, number, file) for number, entry in enumerate(parsed.entries, start=1)]
    problems = (*problems, *parsed.problems, *(problem for _, in_entry in found for problem in in_entry))
    kept = [(record, entry.line) for (record, _), entry in zip(found, parsed.entries, strict=True) if record]
    if not kept:
        return None, [*problems, Problem(Location(file), "no entry was found", "is the document whole?")]
    records, lines = zip(*kept, strict=True)
    return Draft(file, _listing(parsed, reader, options, file), records, lines), list(problems)


def _choose_reader(text: str, options: ImportOptions) -> Reader | dict[str, str]:
    if not options.format:
        return detect(text, options.readers)
    named = next((reader for reader in options.readers if reader.name == options.format), None)
    if named is None:
        raise GeneratorError(f"there is no format '{options.format}'; known: {_names(options)}")
    return named


def _names(options: ImportOptions) -> str:
    return ", ".join(reader.name for reader in options.readers)


def _listing(parsed: ParsedDocument, reader: Reader, options: ImportOptions, file: str) -> Listing:
    name = options.id or parsed.listing_id or slug(PurePath(file).stem)
    try:
        return Listing(
            id=name,
            title=options.title or parsed.title,
            format=reader.name,
            captured=parsed.captured,
            captured_inferred=parsed.captured_inferred,
        )
    except ValidationError as error:
        message, _ = wording(error.errors(include_url=False)[0])
        raise GeneratorError(f"the listing cannot be named so: {message}") from error


def _record(
    entry: Entry, options: ImportOptions, position: int, file: str
) -> tuple[Record | None, list[Problem]]:
    """Make the entry's record; None if it has no title or an invalid value."""
    at = Location(file, entry.line)
    title = clean(entry.title)
    abstract = None if options.facts_only else clean(entry.abstract or "")
    found = links.find("\n".join((entry.abstract or "", *entry.links)))
    ids, wrong_ids = entry_ids(entry, at)
    problems = [*wrong_ids, *_link_warnings(found, at)]
    if not title:
        return None, [*problems, Problem(at, "the entry has no title; skipped", "add it to the document")]
    try:
        record = Record(
            id=slug(title),
            title=title,
            abstract=abstract or None,
            code=_links(found),
            position=position,
            inferred=("published",) if entry.published_inferred else (),
            **{name: getattr(entry, name) for name in _IMPORTED}
            | ids
            | {"published": entry.published.first_day if entry.published and entry.published.day else None},
        )
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [*problems, *(Problem(at, *wording(detail)) for detail in details)]
    return record, problems


def _links(found: tuple[links.FoundLink, ...]) -> tuple[Link, ...]:
    return tuple(item.link for item in found if item.link)


def _link_warnings(found: tuple[links.FoundLink, ...], at: Location) -> Iterator[Problem]:
    for item in found:
        if item.warning:
            text = f"link {item.url[:100]}: {item.warning}"
            yield Problem(at, text, severity="warning")
