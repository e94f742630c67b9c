"""An entry at the end of a file that people write: nothing that stands there is touched."""

from papershelf.content.yaml import Document, parse
from papershelf.core.problems import GeneratorError, Location


def appended(before: str, entry: str, file: str) -> tuple[str, Location]:
    """What to write behind `before`, a list or nothing yet, and the place where the entry's author goes on.

    The entry, a list of one, takes the file's indentation and line ends. Raises GeneratorError where the
    file is broken, or does not end so that an entry can follow.
    """
    document = parse(before, file)
    if document.problems:
        raise GeneratorError(f"put this right first: {document.problems[0]}")
    end = "\r\n" if "\r\n" in before else "\n"
    finished = "" if before.endswith("\n") or not before else end
    styled = "".join(f"{line}{end}" for line in _in_style(document, entry))
    for gap in (end if before else "", ""):
        addition = f"{finished}{gap}{styled}"
        after = parse(before + addition, file)
        if not after.problems and after.value == _with(document, entry):
            return addition, _unfinished(after)
    raise GeneratorError(f"nothing can follow at the end of {file}: write this there by hand\n{entry}")


def _in_style(document: Document, entry: str) -> list[str]:
    """The entry's lines, indented as the entries of the document are."""
    margin, hyphen = 0, 2
    if isinstance(document.value, list) and document.value:
        margin = document.place(()).column - 1
        hyphen = max(2, document.place((0,)).column - document.place(()).column)
    return [f"{' ' * margin}{line[:1]:<{hyphen}}{line[2:]}" for line in entry.splitlines()]


def _with(document: Document, entry: str) -> object:
    added = parse(entry, document.file).value
    kept = [] if document.value is None else document.value
    return [*kept, *added] if isinstance(kept, list) and isinstance(added, list) else None


def _unfinished(document: Document) -> Location:
    """The first field of the last entry that has no value yet, else the entry."""
    last = len(document.value) - 1 if isinstance(document.value, list) else 0
    entry = document.value[last] if isinstance(document.value, list) else None
    empty = (name for name, value in entry.items() if value is None) if isinstance(entry, dict) else iter(())
    name = next(empty, None)
    return document.place((last, name) if name else (last,))
