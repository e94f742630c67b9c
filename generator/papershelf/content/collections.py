"""content/collections/*.yml: reading paths, ordered lists of papers with a note on each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from pydantic import Field, TypeAdapter

from papershelf.content.notes import check_note
from papershelf.content.prose import CleanText
from papershelf.content.validation import validate
from papershelf.content.yaml import Document, ValuePath
from papershelf.core.model import MAX_SLUG, Frozen, Note, Text, is_slug
from papershelf.core.problems import Location, Problem


class CollectionEntry(Frozen):
    """One step of a reading path."""

    paper: Text = Field(description="Which paper: its id (slug), arXiv id, DOI or exact title.")
    note: Note | None = Field(default=None, description="Why to read it here: Markdown as in notes.")


class CollectionFile(Frozen):
    """A reading path."""

    title: CleanText = Field(description="Its name, such as: Start here: continual learning in seven papers.")
    introduction: Note | None = Field(default=None, description="What it is for: Markdown as in notes.")
    papers: tuple[CollectionEntry, ...] = Field(min_length=1, description="The papers in reading order.")


@dataclass(frozen=True, slots=True)
class CollectionStep:
    """A paper of a collection: the curator's name for it, the note, and the location."""

    name: str
    note: str | None
    at: Location


@dataclass(frozen=True, slots=True)
class Collection:
    """A parsed collection, its papers not yet resolved; the id is the file's name."""

    id: str
    title: str
    introduction: str | None
    steps: tuple[CollectionStep, ...]
    at: Location


_FILE = TypeAdapter(CollectionFile)


def read_collection(document: Document) -> tuple[Collection | None, list[Problem]]:
    """The collection in one file, None if it has errors."""
    name, start = PurePosixPath(document.file).stem, document.place(())
    if not is_slug(name):
        hint = f"rename it: at most {MAX_SLUG} small letters, digits and single hyphens, like start-here.yml"
        return None, [Problem(Location(document.file), "the file's name is no id", hint), *document.problems]
    found, problems = validate(_FILE, document)
    if found is None:
        return None, problems
    problems += [*_check_notes(found, document)]
    steps = tuple(
        CollectionStep(entry.paper, entry.note, document.place(("papers", index, "paper")))
        for index, entry in enumerate(found.papers)
    )
    return Collection(name, found.title, found.introduction, steps, start), problems


def _check_notes(found: CollectionFile, document: Document) -> Iterator[Problem]:
    texts: list[tuple[ValuePath, str | None]] = [(("introduction",), found.introduction)]
    texts += [(("papers", index, "note"), entry.note) for index, entry in enumerate(found.papers)]
    for path, text in texts:
        yield from check_note(document, path, text)
