"""Curators' Markdown in YAML, checked: what would not be displayed, at the word that says it."""

from collections.abc import Iterator

from papershelf.content.yaml import Document, ValuePath
from papershelf.core.problems import Problem
from papershelf.text import notes


def check_note(document: Document, path: ValuePath, note: str | None) -> Iterator[Problem]:
    """A problem for everything in the note at `path` that would not be displayed as intended."""
    for mistake in notes.check(note or ""):
        at = document.place_of(path, mistake.word)
        yield Problem(at, f"{path[-1]}: {mistake.message}", mistake.hint)
