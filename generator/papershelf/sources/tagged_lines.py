"""Records of lines that begin with a tag: RIS and Web of Science."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

_LINE_END: Final = re.compile(r"\r\n?|\n")


@dataclass(slots=True)
class TaggedRecord:
    """A record: the line where it begins, and its tags with the lines of their values, in order.

    is_closed: whether a line says that it ends. has_start: whether one says that it begins.
    """

    line: int
    has_start: bool = True
    is_closed: bool = False
    pairs: list[tuple[str, list[str]]] = field(default_factory=list)

    def lines(self, *tags: str) -> tuple[str, ...]:
        """Every line of some tags that is not empty, in their order."""
        return tuple(line for tag, lines in self.pairs if tag in tags for line in lines if line)

    def all(self, *tags: str) -> tuple[str, ...]:
        """The values of some tags that are not empty, in their order, each in one line."""
        values = (" ".join(lines).strip() for tag, lines in self.pairs if tag in tags)
        return tuple(value for value in values if value)

    def first(self, *tags: str) -> str:
        """The first value of the first of the tags that has one, else ""."""
        return next((values[0] for tag in tags if (values := self.all(tag))), "")

    def warnings(self, start: str, end: str) -> Iterator[tuple[str, str]]:
        """What is wrong with its beginning and its end, which are such lines: message and cure."""
        if not self.has_start:
            yield (
                f"the record has no line “{start}” at its beginning",
                "add it; what kind of work it is stays unknown",
            )
        if not self.is_closed:
            yield f"the record has no line “{end}” at its end", "is the document whole?"


def tagged_records(
    text: str,
    tag_of: Callable[[str], tuple[str, str] | None],
    start: str,
    end: str,
    ignored: Collection[str] = (),
) -> Iterator[TaggedRecord]:
    """The records of a text. A line without a tag continues the value before it.

    tag_of: the tag of a line and what follows it, None if it has none.
    start, end: the tags of the lines between which a record is. ignored: tags that belong to the file.
    """
    record: TaggedRecord | None = None
    for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), start=1):
        found = tag_of(line)
        if not found:
            if record:
                record.pairs[-1][1].append(line.strip())
            continue
        tag, value = found
        if record and tag in {start, end}:
            record.is_closed = tag == end
            yield record
            record = None
        if tag in {end, *ignored}:
            continue
        record = record or TaggedRecord(number, has_start=tag == start)
        record.pairs.append((tag, [value.strip()]))
    if record:
        yield record
