"""Commands that help to write by hand: schema, new, init."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from papershelf.authoring import entries, schemas
from papershelf.authoring import init as starter
from papershelf.authoring import new as additions
from papershelf.cli import output
from papershelf.core import files
from papershelf.core.project import find_project

if TYPE_CHECKING:
    from papershelf.authoring.examples import FileKind
    from papershelf.core.project import Project


@click.command()
@click.argument("kind", type=click.Choice(tuple(schemas.KINDS)), required=False)
@click.option("--example", is_flag=True, help="Print what a file of this kind begins with instead.")
@click.pass_obj
def schema(folder: Path, *, kind: FileKind | None, example: bool) -> None:
    """Write the JSON Schemas that editors read into content/schemas/, or print the one of KIND."""
    if example and not kind:
        raise click.UsageError("--example needs a KIND")
    if kind:
        click.echo(entries.header(kind) if example else schemas.text(kind), nl=False)
        return
    root = find_project(folder).root
    files.write_all(root, schemas.FOLDER, {name: text.encode() for name, text in schemas.texts().items()})
    output.say(f"The schemas are in {root / schemas.FOLDER}.")


@click.group()
def new() -> None:
    """Begin an entry for a paper, a topic or a collection; you finish it by hand."""


@new.command()
@click.argument("words", metavar="URL-OR-ID")
@click.option("--file", metavar="NAME", help="The file in content/curation/ that the entry goes into.")
@click.pass_obj
def paper(folder: Path, *, words: str, file: str | None) -> None:
    """Begin an entry for a paper: an arXiv id, DOI or address, or the id or title of one in the list."""
    project = find_project(folder)
    _add(project, additions.paper(project, words, file))


@new.command()
@click.argument("words", metavar="ID")
@click.pass_obj
def topic(folder: Path, *, words: str) -> None:
    """Begin an entry for a new topic, named by its id or its title."""
    project = find_project(folder)
    _add(project, additions.topic(project, words))


@new.command()
@click.argument("words", metavar="ID")
@click.pass_obj
def collection(folder: Path, *, words: str) -> None:
    """Begin a collection, named by its id or its title, in a file of its own."""
    project = find_project(folder)
    _add(project, additions.collection(project, words))


def _add(project: Project, addition: additions.Addition) -> None:
    additions.write(project, addition)
    output.say(f"{addition.at}: go on here, then run: papershelf check")


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
def init(*, target: Path) -> None:
    """Make a new, small reading list in DIR, which is empty or not there yet."""
    starter.create(target)
    output.say(f"A new reading list is in {target}. Look at it with: papershelf -C {target} serve")
