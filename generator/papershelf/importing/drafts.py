"""Parse and clean one document: a draft of a listing whose records still have ids made from their titles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePath
from typing import Final

from pydantic import ValidationError

from papershelf.content.topics import Topic
from papershelf.content.validation import wording
from papershelf.core.fields import FIELDS
from papershelf.core.model import Link, Listing, Record, Role, Unnamed
from papershelf.core.problems import GeneratorError, Location, Problem
from papershelf.importing.authors import read_authors
from papershelf.importing.documents import STANDARD_INPUT_NAME, SourceDocument
from papershelf.importing.entry_ids import entry_ids
from papershelf.importing.selection import EVERYTHING, Selection, select
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.readers import READERS, decode, detect
from papershelf.text import clean, clean_label, links, slug

_IDENTIFIERS: Final = ("arxiv", "doi", "openreview", "url")
_IMPORTED: Final = tuple(field.name for field in FIELDS if field.imported)
_LEFT_OUT: Final = frozenset({*_IDENTIFIERS, "pdf"})

_CLEANED: Final = {"venue": clean_label, "categories": clean_label}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """Options of an import; `id` and `title` are valid for a single listing only.

    columns: the column of each field of `Entry`, for tables. selection: which entries are wanted.
    readers: those to choose from, in the order in which they are tried.
    """

    format: str | None = None
    captured: date | None = None
    id: str | None = None
    title: str | None = None
    facts_only: bool = False
    role: Role = "edition"
    columns: tuple[tuple[str, str], ...] = ()
    selection: Selection = EVERYTHING
    readers: tuple[Reader, ...] = READERS


@dataclass(frozen=True, slots=True)
class Draft:
    """A parsed document: records in the order of their entries, and the line in which each begins.

    unnamed: entries of which only identifiers are known.
    left_out: how many entries were not wanted, by the reason.
    """

    file: str
    listing: Listing
    records: tuple[Record, ...]
    lines: tuple[int, ...]
    unnamed: tuple[Unnamed, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)


def read_document(
    document: SourceDocument, options: ImportOptions, topics: Sequence[Topic] = ()
) -> tuple[Draft | None, list[Problem]]:
    """Parse a document as far as possible; None if there is nothing to import.

    `topics` are the list's, for a selection that needs them.

    Raises GeneratorError if an option is invalid.
    """
    file = document.file
    text, problems = decode(document.data, file)
    if not text.strip():
        return None, [Problem(Location(file), "the document is empty", "save it again")]
    reader = _choose_reader(text, options)
    if isinstance(reader, dict):
        return None, [_unrecognised(document, reader)]
    parsed = reader.read(text, file, ReadOptions(captured=options.captured, columns=dict(options.columns)))
    found = [_record(entry, options, number, file) for number, entry in enumerate(parsed.entries, start=1)]
    problems = (*problems, *parsed.problems, *(problem for _, in_entry in found for problem in in_entry))
    entries = tuple(zip((made for made, _ in found), parsed.entries, strict=True))
    records = tuple((made, entry.line) for made, entry in entries if isinstance(made, Record))
    unnamed = tuple(made for made, _ in entries if isinstance(made, Unnamed))
    if not records and not unnamed:
        unsaid = Problem(Location(file), "no entry was found", "is the document whole?")
        return None, [*problems, *(() if parsed.problems else (unsaid,))]
    draft = Draft(
        file,
        _listing(parsed, reader, options, file),
        tuple(record for record, _ in records),
        tuple(line for _, line in records),
        unnamed,
    )
    wanted = _selected(draft, options.selection, topics)
    if not wanted.records and not wanted.unnamed:
        counted = ", ".join(f"{number} {reason}" for reason, number in wanted.left_out.items())
        return None, [
            *problems,
            Problem(Location(file), f"nothing is wanted of it: {counted}", severity="warning"),
        ]
    return wanted, list(problems)


def _selected(draft: Draft, selection: Selection, topics: Sequence[Topic]) -> Draft:
    """The draft of what is wanted."""
    indices, left_out = select(draft.records, selection, topics)
    unnamed = draft.unnamed
    if unnamed and selection.needs_titles:
        left_out, unnamed = {**left_out, "without a title": len(unnamed)}, ()
    return replace(
        draft,
        records=tuple(draft.records[index] for index in indices),
        lines=tuple(draft.lines[index] for index in indices),
        unnamed=unnamed,
        left_out=left_out,
    )


def _unrecognised(document: SourceDocument, mismatches: Mapping[str, str]) -> Problem:
    """That no reader knows the document, and why: reasons that several have are said once."""
    if document.is_member:
        return Problem(Location(document.file), "left out: in no format that is read", severity="warning")
    by_reason: dict[str, list[str]] = {}
    for name, reason in mismatches.items():
        by_reason.setdefault(reason, []).append(name)
    tried = "; ".join(f"{', '.join(names)}: it {reason}" for reason, names in by_reason.items())
    hint = "papershelf import --formats tells what they are"
    return Problem(Location(document.file), f"the format is not recognised ({tried})", hint)


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
    if file == STANDARD_INPUT_NAME and not options.id and not parsed.listing_id:
        raise GeneratorError("what is read from standard input has no name: give the listing one with --id")
    try:
        return Listing(
            id=name,
            title=options.title or parsed.title,
            format=reader.name,
            captured=parsed.captured,
            captured_inferred=parsed.captured_inferred,
            role=options.role,
        )
    except ValidationError as error:
        message, _ = wording(error.errors(include_url=False)[0])
        raise GeneratorError(f"the listing cannot be named so: {message}") from error


def _record(
    entry: Entry, options: ImportOptions, position: int, file: str
) -> tuple[Record | Unnamed | None, list[Problem]]:
    """Make the entry's record; None if it has neither title nor identifier, or an invalid value.

    An invalid identifier or address is left out, with a warning.
    """
    at = Location(file, entry.line)
    title = clean(entry.title)
    abstract = None if options.facts_only else clean(entry.abstract or "")
    authors, more_authors = read_authors(entry)
    found = links.find("\n".join((entry.abstract or "", *entry.links)))
    ids, wrong_ids = entry_ids(entry, at)
    problems = [*wrong_ids, *_link_warnings(found, at)]
    identifiers = {name: value for name in _IDENTIFIERS if (value := ids[name])}
    named = {
        "id": slug(title),
        "title": title,
        "abstract": abstract or None,
        "authors": authors,
        "more_authors": more_authors,
        "code": _links(found),
        "inferred": ("published",) if entry.published_inferred else (),
        **{name: _value(entry, name) for name in _IMPORTED},
        **ids,
    }
    if not title and not identifiers:
        return None, [*problems, _without_title(at)]
    kind: type[Record | Unnamed] = Record if title else Unnamed
    values = named if title else identifiers
    try:
        return kind.model_validate(values | {"position": position}), problems
    except ValidationError as error:
        details = error.errors(include_url=False)
    invalid = {str(detail["loc"][0]) for detail in details}
    if not invalid <= _LEFT_OUT:
        return None, [*problems, *(Problem(at, *wording(detail)) for detail in details)]
    problems += (_left_out(at, *wording(detail)) for detail in details)
    if not title and not identifiers.keys() - invalid:
        return None, [*problems, _without_title(at)]
    valid = {name: value for name, value in values.items() if name not in invalid}
    return kind.model_validate(valid | {"position": position}), problems


def _without_title(at: Location) -> Problem:
    return Problem(at, "the entry has no title; skipped", "add it to the document")


def _left_out(at: Location, message: str, hint: str) -> Problem:
    return Problem(at, f"{message}; left out of the paper", hint, "warning")


def _value(entry: Entry, name: str) -> object:
    value, cleaned_by = getattr(entry, name), _CLEANED.get(name)
    if cleaned_by is None or value is None:
        return value
    return (
        cleaned_by(value) or None if isinstance(value, str) else tuple(filter(None, map(cleaned_by, value)))
    )


def _links(found: tuple[links.FoundLink, ...]) -> tuple[Link, ...]:
    return tuple(item.link for item in found if item.link)


def _link_warnings(found: tuple[links.FoundLink, ...], at: Location) -> Iterator[Problem]:
    for item in found:
        if item.warning:
            text = f"link {item.url[:100]}: {item.warning}"
            yield Problem(at, text, severity="warning")
