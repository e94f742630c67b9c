"""Append an entry to a hand-written file without touching what is there."""

from papershelf.content.yaml import Document, parse
from papershelf.core.problems import GeneratorError, Location


def text_to_append(before: str, entry: str, file: str) -> tuple[str, Location]:
    """The text that appends `entry` to `before`, and the place where its author continues.

    `before` is a YAML list or empty, `entry` a list of one; it takes on the file's indentation and line ends.
    Raises GeneratorError where the file is broken or does not end so that an entry can follow.
    """
    document = parse(before, file)
    if document.problems:
        raise GeneratorError(f"put this right first: {document.problems[0]}")
    line_end = "\r\n" if "\r\n" in before else "\n"
    last_line_end = "" if before.endswith("\n") or not before else line_end
    styled = "".join(f"{line}{line_end}" for line in _in_style(document, entry))
    for blank_line in (line_end if before else "", ""):
        addition = f"{last_line_end}{blank_line}{styled}"
        after = parse(before + addition, file)
        if not after.problems and after.value == _expected_value(document, entry):
            return addition, _first_empty_field(after)
    raise GeneratorError(f"nothing can follow at the end of {file}: write this there by hand\n{entry}")


def _in_style(document: Document, entry: str) -> list[str]:
    """The entry's lines, indented like the entries of the document."""
    margin, hyphen = 0, 2
    if isinstance(document.value, list) and document.value:
        margin = document.place(()).column - 1
        hyphen = max(2, document.place((0,)).column - document.place(()).column)
    return [f"{' ' * margin}{line[:1]:<{hyphen}}{line[2:]}" for line in entry.splitlines()]


def _expected_value(document: Document, entry: str) -> object:
    """The document's value with the entry added; None if the document is no list."""
    added = parse(entry, document.file).value
    kept = [] if document.value is None else document.value
    return [*kept, *added] if isinstance(kept, list) and isinstance(added, list) else None


def _first_empty_field(document: Document) -> Location:
    """The first field of the last entry that has no value yet, else the entry."""
    last = len(document.value) - 1 if isinstance(document.value, list) else 0
    entry = document.value[last] if isinstance(document.value, list) else None
    empty = (name for name, value in entry.items() if value is None) if isinstance(entry, dict) else iter(())
    name = next(empty, None)
    return document.place((last, name) if name else (last,))
