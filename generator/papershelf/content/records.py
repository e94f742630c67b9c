"""content/papers/*.jsonl: one JSON Lines file per listing, whose first line is the listing itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from papershelf.content.files import list_files, read_text
from papershelf.content.validation import field_names, wording
from papershelf.core import files
from papershelf.core.model import Frozen, Listing, Record, Unnamed
from papershelf.core.problems import Location, Problem
from papershelf.incremental.cache import Cache
from papershelf.incremental.filetree import stamp

M = TypeVar("M", Listing, Record, Unnamed)

MAX_BYTES = 500_000_000
_FIRST_LINE = 'begin with the listing: {"id":"…","title":"…","format":"…"}'
_UNSAFE = re.compile("[\x7f\x85\u2028\u2029\ufeff]")  # line separators to some programs, or invisible
_JSON_PLACE = re.compile(r"(?:Invalid JSON: )?(?P<what>.*) at line \d+ column (?P<column>\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PlacedRecord:
    """A record and its location."""

    record: Record
    at: Location


@dataclass(frozen=True, slots=True)
class PlacedUnnamed:
    """An entry that waits for a title, and its location."""

    entry: Unnamed
    at: Location


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A listing with its records and entries without a title, and its file, relative to the project."""

    listing: Listing
    records: tuple[PlacedRecord, ...]
    file: str
    unnamed: tuple[PlacedUnnamed, ...] = ()


def read_file(path: Path, root: Path) -> tuple[RecordFile | None, list[Problem]]:
    """One file of the project `root`; raises GeneratorError if the system refuses to read it."""
    text = read_text(path, root, MAX_BYTES)
    if isinstance(text, Problem):
        return None, [text]
    return parse(text, path.relative_to(root).as_posix())


def read_records(
    content: Path, cache: Cache | None = None
) -> tuple[tuple[RecordFile, ...], tuple[Problem, ...]]:
    """Every file of content/papers in the order of names; a bad line is a problem, the rest is read.

    A file is parsed once in a process until it changes. Raises GeneratorError if the system refuses to read
    a file.
    """
    cache = cache or Cache.in_memory()
    paths = list_files(content / "papers", ".jsonl")
    found = [_read_again(path, content.parent, cache) for path in paths]
    files = tuple(file for file, _ in found if file)
    return files, tuple(problem for _, problems in found for problem in problems)


def _read_again(path: Path, root: Path, cache: Cache) -> tuple[RecordFile | None, list[Problem]]:
    try:
        key = stamp(path.stat())
    except OSError:  # removed, or unreadable: reading it says so
        return read_file(path, root)
    return cache.recent(f"records {path}", key, lambda: read_file(path, root))


def parse(text: str, file: str) -> tuple[RecordFile | None, list[Problem]]:
    """Parse one file; None if its first line is not a listing, as its records then belong to none."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not lines or lines[0][0] != 1:
        return None, [Problem(Location(file, 1), "the first line is no listing", _FIRST_LINE)]
    listing, problems = _parse_line(Listing, Location(file, 1), lines[0][1])
    if not listing:
        return None, [Problem(p.at, f"the first line is no listing: {p.message}", p.hint) for p in problems]
    if Path(file).stem != listing.id:
        text = f"the file is named otherwise than its listing, '{listing.id}'"
        problems.append(Problem(Location(file, 1), text, f"name it {listing.id}.jsonl"))
    placed: dict[str, PlacedRecord] = {}
    unnamed: list[PlacedUnnamed] = []
    for number, line in lines[1:]:
        at = Location(file, number)
        record, found = _parse_line(Record, at, line)
        if found and '"title"' not in line and '"id"' not in line:
            entry, found = _parse_line(Unnamed, at, line)
            unnamed += [PlacedUnnamed(entry, at)] if entry else []
        problems += found
        if record and record.id in placed:
            text = f"the paper '{record.id}' stands in line {placed[record.id].at.line} already"
            problems.append(Problem(at, text, "remove one of the two lines"))
        elif record:
            placed[record.id] = PlacedRecord(record, at)
    return RecordFile(listing, tuple(placed.values()), file, tuple(unnamed)), problems


def dump(listing: Listing, records: Sequence[Record], unnamed: Sequence[Unnamed] = ()) -> str:
    """The text of a file: one object per line, fields in the order of the model, unknown values omitted."""
    return "".join(_line(value) for value in (listing, *records, *unnamed))


def write(content: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Write content/papers/<id>.jsonl for every listing id whose text changed; return these ids, sorted.

    All files are complete on disk before the first is renamed into place. Raises GeneratorError if the
    operating system refuses, or for a symbolic link in the place of a folder or file.
    """
    contents = {f"{name}.jsonl": texts[name].encode() for name in sorted(texts)}
    changed = files.write_all(content.parent, f"{content.name}/papers", contents)
    return tuple(name.removesuffix(".jsonl") for name in changed)


def _line(value: Frozen) -> str:
    text = value.model_dump_json(exclude_defaults=True)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _parse_line(kind: type[M], at: Location, line: str) -> tuple[M | None, list[Problem]]:
    try:
        return kind.model_validate_json(line), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        return None, [_problem(details, kind, at, line) for details in found]


def _problem(details: ErrorDetails, kind: type[Frozen], at: Location, line: str) -> Problem:
    """One validation error with its column: where the JSON is invalid, or where the field is named."""
    invalid = _JSON_PLACE.fullmatch(details["msg"]) if details["type"] == "json_invalid" else None
    if invalid:
        place = Location(at.file, at.line, int(invalid["column"]))
        return Problem(place, f"this line is no JSON: {invalid['what']}", "one object in braces a line")
    name = next((step for step in reversed(details["loc"]) if isinstance(step, str)), "")
    place = Location(at.file, at.line, line.find(f'"{name}"') + 1 or 1)
    unknown = details["type"] == "extra_forbidden"
    names = field_names(TypeAdapter(kind), details["loc"][:-1]) if unknown else ()
    return Problem(place, *wording(details, names))
