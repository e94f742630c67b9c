"""The entries of a BibTeX document as fields with values, where bibtexparser alone would lose some.

bibtexparser splits the text. What it gives up is read again here as people mean it: entries with a comment,
with a field that stands twice, without a comma, a key or the last brace.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bibtexparser import model
from bibtexparser.splitter import Splitter

from papershelf.core.problems import Location, Problem
from papershelf.sources.short_dates import MONTHS

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would warn of becomes a problem

_MARGIN: Final = 200  # characters in which a line's beginning is looked for
_SHOWN: Final = 40  # characters of a text in a message
_LONGEST: Final = 200_000  # characters of a value: strings that repeat each other grow without end
_NAME: Final = re.compile(r"[^\s%#{}\"'(),=\\]+")
_NEXT_FIELD: Final = re.compile(r"([A-Za-z][\w-]*)\s*=(?=\s*[{\"\w])")
_SWALLOWED: Final = re.compile(r"[,}\"]\s*\n\s*[A-Za-z][\w-]*\s*=\s*[{\"]")
_OUTSIDE: Final = re.compile(r"[\s,}]*([A-Za-z][\w-]*)\s*=\s*[{\"\w]")
_BRACE: Final = re.compile(r"(?<!\\)[{}]")
_QUOTE: Final = re.compile(r"(?<!\\)(?<!\{)\"|(?<!\\)\"(?!\})")
_SPACE: Final = re.compile(r"\s*")
_WORD: Final = re.compile(r"[^\s#,{}\"=%]*")
_MARK: Final = re.compile(r"(?<!\\)[{}\"%\n]")
_NO_KEY: Final = re.compile(r"(@\w+[ \t]*[{(]\s*(?:[^\s,={}()\"]+\s+(?=[\w-]+\s*=))?)(?=[\w-]+\s*=)")
_BEFORE: Final = re.compile(r"(?:^|[\n})])[ \t]*\Z")


@dataclass(frozen=True, slots=True)
class BibtexEntry:
    """An entry: type and names of fields in small letters, values as TeX without delimiters."""

    line: int
    type: str
    key: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Place:
    """A block, its line, and the text from it to the next."""

    block: model.Block
    line: int
    text: str


def bibtex_entries(text: str, file: str) -> tuple[list[BibtexEntry], list[Problem]]:
    """Every entry of a document, comments, preambles and strings left out."""
    entries: list[BibtexEntry] = []
    problems: list[Problem] = []
    places = list(_places(text))
    strings = _strings(places)
    for place in places:
        if isinstance(place.block, model.ImplicitComment):
            problems += _outside(place, file) if entries else []
        elif entry := _entry(place, strings, file, problems):
            entries.append(entry)
    return entries, problems


def _places(text: str) -> Iterator[_Place]:
    """The blocks of a text; their lines are counted here, as bibtexparser leaves some out.

    A failed block goes on to the next that begins a line; an @ within a line is no block.
    """
    blocks: list[model.Block] = []
    starts: list[int] = []
    at, is_failed = 0, False
    for block in Splitter(text).split().blocks:
        raw = block.raw or ""
        start = max(text.find(raw, at), at)
        is_comment = isinstance(block, model.ImplicitComment)
        if not (is_failed if is_comment else not _BEFORE.search(text, max(start - _MARGIN, 0), start)):
            blocks.append(block)
            starts.append(start)
            is_failed = _meant(block) is None
        at = start + (1 if _meant(block) is None else len(raw))
    line, counted = 1, 0
    for block, start, end in zip(blocks, starts, [*starts, len(text)][1:], strict=True):
        line, counted = line + text.count("\n", counted, start), start
        yield _Place(block, line, text[start:end])


def _meant(block: model.Block) -> model.Block | None:
    """The block, also where bibtexparser refuses a name that stands twice; None if it could not split it."""
    return block.ignore_error_block if isinstance(block, model.ParsingFailedBlock) else block


def _strings(places: list[_Place]) -> dict[str, str]:
    """The values of all strings, and of the months, by their names in small letters."""
    strings = {month[:3].lower(): month for month in MONTHS}
    for place in places:
        block = _meant(place.block)
        if isinstance(block, model.String):
            strings[block.key.lower()] = _value(block.value, 0, strings)[0]
    return strings


def _entry(
    place: _Place, strings: Mapping[str, str], file: str, problems: list[Problem]
) -> BibtexEntry | None:
    block = _meant(place.block)
    if not isinstance(block, model.Entry | None):
        return None
    if block is None or not all(_NAME.fullmatch(field.key) for field in block.fields):
        read_again, cure = _read_again(place.text)
        if read_again and cure:
            message, hint = f"“{_key(place)}” is read although it is not whole", cure
            problems.append(Problem(Location(file, place.line), message, hint, "warning"))
        block = read_again or block
    if block is None:
        problems.append(_broken(place, file))
        return None
    if not block.entry_type:
        return None
    fields = dict[str, str]()
    for field in block.fields:
        line = place.line + (field.start_line or 0) - (block.start_line or 0)
        for name, value, problem in _fields(field, strings, Location(file, line)):
            problems += problem
            known = value.strip()
            if known and fields.setdefault(name, known) != known:
                problems.append(_twice(name, Location(file, line)))
    return BibtexEntry(place.line, block.entry_type, block.key, fields)


def _fields(
    field: model.Field, strings: Mapping[str, str], at: Location
) -> Iterator[tuple[str, str, list[Problem]]]:
    """The field, and those that it swallowed for want of a comma: name, value, problems."""
    names = _NAME.findall(field.key)
    name, problems = names[-1].lower() if names else "", list[Problem]()
    value, end = _value(field.value, 0, strings)
    while following := _NEXT_FIELD.match(field.value, end):
        yield name, value, problems
        message = f"there is no comma between “{name}” and “{following[1]}”; both are read"
        problems = [Problem(at, message, "write one behind the value", "warning")]
        name = following[1].lower()
        value, end = _value(field.value, following.end(), strings)
    if rest := field.value[end : end + _SHOWN]:
        message = f"what follows the value of “{name}” is not read: {' '.join(rest.split())}"
        cure = "write # between two values, a comma between two fields"
        problems = [*problems, Problem(at, message, cure, "warning")]
    yield name, value, problems


def _value(written: str, start: int, strings: Mapping[str, str]) -> tuple[str, int]:
    """The value at a place of a text, the terms between its # joined, and where the next thing begins."""
    parts, size = list[str](), 0
    while True:
        start = _after_space(written, start)
        end = _end_of_term(written, start)
        term = written[start:end]
        parts.append(term[1:-1] if term[:1] in ("{", '"') else strings.get(term.lower(), term))
        size += len(parts[-1])
        start = _after_space(written, end)
        if not written.startswith("#", start) or size > _LONGEST:
            return "".join(parts)[:_LONGEST], start
        start += 1


def _after_space(written: str, start: int) -> int:
    found = _SPACE.match(written, start)
    return found.end() if found else start


def _end_of_term(written: str, start: int) -> int:
    opening = written[start : start + 1]
    if opening == '"':
        found = _QUOTE.search(written, start + 1)
        return found.end() if found else len(written)
    if opening != "{":
        found = _WORD.match(written, start)
        return found.end() if found else len(written)
    depth = 0
    for brace in _BRACE.finditer(written, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return len(written)


def _read_again(text: str) -> tuple[model.Entry | None, str]:
    """An entry that bibtexparser gave up, as it is meant, and what to correct; None if that is not clear."""
    plain = _without_comments(text)
    with_key = _NO_KEY.sub(r"\1,", plain, count=1)
    attempts = [(plain, ""), (f"{plain.rstrip()}\n}}", "close the entry with a brace")]
    if with_key != plain:
        attempts += [
            (with_key, "write a key and a comma behind the entry's brace"),
            (f"{with_key.rstrip()}\n}}", "write a key and a comma, and close the entry with a brace"),
        ]
    for attempt, cure in attempts:
        block = next(iter(Splitter(attempt).split().blocks), None)
        if isinstance(block, model.DuplicateFieldKeyBlock):
            block = block.ignore_error_block
        if isinstance(block, model.Entry) and not any(map(_SWALLOWED.search, _values(block))):
            return block, cure
    return None, ""


def _values(entry: model.Entry) -> Iterator[str]:
    return (field.value for field in entry.fields)


def _without_comments(text: str) -> str:
    """The text of an entry without what follows a % outside of values."""
    kept, at, depth, quoted = [], 0, 0, False
    for mark in _MARK.finditer(text):
        if mark.start() < at:
            continue
        sign = mark[0]
        if sign == "%" and depth <= 1 and not quoted:
            kept.append(text[at : mark.start()])
            at = text.find("\n", mark.start())
            if at < 0:
                return "".join(kept)
        elif sign in "{}" and not quoted:
            depth += 1 if sign == "{" else -1
        elif sign == '"' and depth <= 1:
            quoted = not quoted
    return "".join([*kept, text[at:]])


def _key(place: _Place) -> str:
    found = re.match(r"@\w*\s*[{(]\s*([^\s,={}()\"]{1,60})", place.text)
    return found[1] if found else place.text[:20].split("\n", 1)[0]


def _broken(place: _Place, file: str) -> Problem:
    reason = str(getattr(getattr(place.block, "error", None), "abort_reason", ""))
    is_open = reason.startswith("Unexpected")
    what = "its braces or quotes do not match" if is_open else "a comma or an equals sign is missing"
    cure = 'close every { and " before the next entry' if is_open else "write every field as name = {value},"
    return Problem(Location(file, place.line), f"“{_key(place)}” cannot be read: {what}; skipped", cure)


def _twice(name: str, at: Location) -> Problem:
    return Problem(at, f"“{name}” stands twice in the entry; the first counts", "remove one", "warning")


def _outside(place: _Place, file: str) -> Iterator[Problem]:
    """A warning where fields stand behind the end of their entry."""
    if found := _OUTSIDE.match(place.text):
        message = f"“{found[1]}” stands behind the end of its entry; it and what follows are not read"
        yield Problem(Location(file, place.line), message, "remove the brace too many before it", "warning")
