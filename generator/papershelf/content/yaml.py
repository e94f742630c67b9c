"""Parse YAML into strings, lists and dicts, with the line and column of every value.

Scalars stay strings: the models convert them. Anchors, aliases, merge keys and tags are refused, because they
surprise curators and make alias bombs possible.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from papershelf.content import escapes
from papershelf.core.problems import Location, Problem

ValuePath = tuple[str | int, ...]
Value = str | None | list["Value"] | dict[str, "Value"]

MAX_DEPTH = 12
MAX_EVENTS = 300_000  # of the parser: values, names of fields, and ends of lists; 30,000 decisions have fewer
_TAGGED = (yaml.ScalarEvent, yaml.CollectionStartEvent)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HINTS = (
    ("tab character", "indent with spaces, not tabs"),
    (
        "found character that cannot start any token",
        "indent with spaces, not tabs; quote a value that starts with @ or %",
    ),
    ("mapping values are not allowed", "a value that holds a colon and a space needs quotes around it"),
    ("unexpected end of stream", "a quote or bracket that was opened is never closed"),
    ("could not find expected ':'", "a colon is missing after the field's name, or a quote is not closed"),
    ("did not find expected key", "check the indentation; a value that starts with a quote must end with it"),
    (
        "did not find expected '-' indicator",
        "check the indentation: list entries start in one column",
    ),
    (
        "did not find expected ',' or",
        "a closing bracket is missing, or the value needs quotes",
    ),
    ("unknown escape character", escapes.CURE),
    ("did not find expected hexdecimal number", escapes.CURE),
    ("control characters are not allowed", "remove the invisible character at this place"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file, as far as it could be parsed.

    places: the location of each value, by its path.
    keys: the location of each field's name, by the path of its value.
    lines: the file's text. ends: the number of the last line of each text of several lines, by its path.
    cut: each single word that ends at ` #`, with the rest of its line, by the word's path.
    """

    file: str
    value: Value
    places: Mapping[ValuePath, Location]
    keys: Mapping[ValuePath, Location]
    problems: tuple[Problem, ...]
    lines: Sequence[str] = ()
    ends: Mapping[ValuePath, int] = field(default_factory=dict)

    def place_of(self, path: ValuePath, word: str) -> Location:
        """The location of a word in the text at `path`, that of the text if the file writes it otherwise."""
        start = self.place(path)
        first = start.line or 1
        for number in range(first, self.ends.get(path, first) + 1):
            line = self.lines[number - 1] if number <= len(self.lines) else ""
            at = line.find(word, (start.column or 1) - 1 if number == first else 0) if word else -1
            if at >= 0:
                return Location(self.file, number, at + 1)
        return start

    cut: Mapping[ValuePath, str] = field(default_factory=dict)

    def place(self, path: ValuePath) -> Location:
        """The location of the value at `path`, or of the innermost value around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Location(self.file, 1, 1))


def parse(text: str, file: str) -> Document:
    """Parse one YAML document; `file` is its name in problems. The value of an empty document is None."""
    composer = _Composer(file, yaml.parse(text, Loader=_LOADER), text.splitlines())
    value: Value = None
    try:
        value = composer.document()
    except _TooDeepError:
        composer.problems.append(
            Problem(composer.at, "nested too deeply", f"at most {MAX_DEPTH} levels are read")
        )
    except _TooManyError:
        composer.problems = [Problem(composer.at, "there are too many values up to here", "split the file")]
    except yaml.MarkedYAMLError as error:
        composer.problems.append(_syntax_problem(error, file))
    except yaml.YAMLError as error:
        composer.problems.append(Problem(Location(file), f"not YAML: {error}"))
    return Document(
        file,
        value,
        composer.places,
        composer.keys,
        tuple(composer.problems),
        composer.lines,
        composer.ends,
        composer.cut,
    )


def _syntax_problem(error: yaml.MarkedYAMLError, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    at = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file)
    words = error.problem or "cannot be read"
    opened = f", {error.context}" if error.context else ""
    if error.context and error.context_mark and error.context_mark.line + 1 != at.line:
        opened += f" that starts on line {error.context_mark.line + 1}"
    return Problem(at, f"not valid YAML: {words}{opened}", _hint(words))


def _hint(words: str) -> str:
    return next((hint for known, hint in _HINTS if known in words), "")


class _TooDeepError(Exception):
    """Ends the parse: the document is nested too deeply."""


class _TooManyError(Exception):
    """Ends the parse: each value of the document takes memory, and so does each mistake."""


class _Composer:
    """Composes values from the parser's events; what is refused becomes a problem, and parsing continues."""

    def __init__(self, file: str, events: Iterator[yaml.Event], lines: Sequence[str]) -> None:
        self.file = file
        self.events = events
        self.lines = lines
        self.at = Location(file, 1, 1)
        self.taken = 0
        self.places: dict[ValuePath, Location] = {}
        self.keys: dict[ValuePath, Location] = {}
        self.cut: dict[ValuePath, str] = {}
        self.problems: list[Problem] = []
        self.ends: dict[ValuePath, int] = {}

    def document(self) -> Value:
        self._take()
        if isinstance(self._take(), yaml.StreamEndEvent):
            return None
        value = self._value(self._take(), ())
        self._take()
        if not isinstance(self._take(), yaml.StreamEndEvent):
            self._refuse("a second document starts here", "keep one document in a file: remove the ---")
        return value

    def _take(self) -> yaml.Event:
        event = next(self.events)
        self.taken += 1
        if self.taken > MAX_EVENTS:
            raise _TooManyError
        if mark := event.start_mark:
            self.at = Location(self.file, mark.line + 1, mark.column + 1)
        return event

    def _value(self, event: yaml.Event, path: ValuePath) -> Value:
        self._check(event)
        if len(path) > MAX_DEPTH:
            raise _TooDeepError
        self.places[path] = self.at
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if not isinstance(event, yaml.ScalarEvent) or _is_empty(event):
            return None
        self._check_text(event, path)
        return str(event.value)

    def _check_text(self, event: yaml.ScalarEvent, path: ValuePath) -> None:
        start, end = event.start_mark, event.end_mark
        if start and end and end.line > start.line:
            self.ends[path] = end.line + (end.column > 0)
        if start and end and event.style == '"':
            for found in escapes.destroyed(self.lines, (start.line, start.column), (end.line, end.column)):
                at = Location(self.file, found.line + 1, found.column + 1)
                message = f"{found.word} loses its backslash: double quotes take it for an escape"
                self.problems.append(Problem(at, message, escapes.CURE))
        self._check_end(event, path)

    def _check_end(self, event: yaml.ScalarEvent, path: ValuePath) -> None:
        """Warn of a text of several words that ends at ` #`: most likely the # belongs to it."""
        mark = event.end_mark
        rest = self.lines[mark.line][mark.column :] if mark and mark.line < len(self.lines) else ""
        if event.style not in {None, ""} or not rest.startswith(" #"):
            return
        if " " in event.value:
            self.problems.append(cut_short(self.at))
        else:
            self.cut[path] = f"{event.value}{rest}"

    def _check(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(
                f"*{event.anchor} is an alias", "write the value out; quote a text that starts with *"
            )
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            self._refuse(
                f"&{event.anchor} is an anchor", "write the value out; quote a text that starts with &"
            )
        elif isinstance(event, _TAGGED) and event.tag not in {None, "!"}:
            self._refuse(f"{event.tag} is a tag", "quote a text that starts with !")

    def _sequence(self, path: ValuePath) -> list[Value]:
        values: list[Value] = []
        while not isinstance(event := self._take(), yaml.SequenceEndEvent):
            values.append(self._value(event, (*path, len(values))))
        return values

    def _mapping(self, path: ValuePath) -> dict[str, Value]:
        values: dict[str, Value] = {}
        while not isinstance(event := self._take(), yaml.MappingEndEvent):
            key, at = self._key(event, path), self.at
            if key in values:
                first = self.keys[*path, key]
                self._refuse(f"'{key}' is written twice", f"first on line {first.line}; keep one of them")
                self._value(self._take(), (*path, f"{key} (again)"))
                continue
            self.keys[*path, key] = at
            values[key] = self._value(self._take(), (*path, key))
        return values

    def _key(self, event: yaml.Event, path: ValuePath) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse("a field's name must be a word", "quote a value that starts with [ or {")
            self._value(event, (*path, "?"))
            return "?"
        self._check(event)
        if event.value == "<<":
            self._refuse("merge keys (<<) are not read", "write the fields out")
        return str(event.value)

    def _refuse(self, message: str, hint: str) -> None:
        self.problems.append(Problem(self.at, message, hint))


def cut_short(at: Location) -> Problem:
    """The warning about a text that ends at ` #`."""
    message = "the text ends before the #, the rest of the line is a comment"
    hint = "quote the text if the # belongs to it, else put two spaces before the comment"
    return Problem(at, message, hint, "warning")


def _is_empty(event: yaml.ScalarEvent) -> bool:
    return event.value == "" and event.implicit[0] and event.style in {None, ""}
