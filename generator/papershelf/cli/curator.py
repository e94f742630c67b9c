"""Commands that help to write by hand: schema, new, init."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from papershelf.authoring import entries, schemas
from papershelf.authoring import init as starter
from papershelf.authoring import new as additions
from papershelf.core.project import find_project
from papershelf.incremental import filetree

if TYPE_CHECKING:
    from papershelf.authoring.examples import FileKind


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
    target = find_project(folder).root / schemas.FOLDER
    filetree.write_tree(target, schemas.texts().items())
    click.echo(f"The schemas are in {target}.")


@click.group()
def new() -> None:
    """Begin an entry for a paper, a topic or a collection; you finish it by hand."""


@new.command()
@click.argument("words", metavar="URL-OR-ID")
@click.option("--file", metavar="NAME", help="The file in content/curation/ that the entry goes into.")
@click.pass_obj
def paper(folder: Path, *, words: str, file: str | None) -> None:
    """Begin an entry for a paper: an arXiv id, DOI or address, or the id or title of one in the list."""
    _add(additions.paper(find_project(folder), words, file))


@new.command()
@click.argument("words", metavar="ID")
@click.pass_obj
def topic(folder: Path, *, words: str) -> None:
    """Begin an entry for a new topic, named by its id or its title."""
    _add(additions.topic(find_project(folder), words))


@new.command()
@click.argument("words", metavar="ID")
@click.pass_obj
def collection(folder: Path, *, words: str) -> None:
    """Begin a collection, named by its id or its title, in a file of its own."""
    _add(additions.collection(find_project(folder), words))


def _add(addition: additions.Addition) -> None:
    additions.write(addition)
    click.echo(f"{addition.at}: go on here, then run: papershelf check")


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
def init(*, target: Path) -> None:
    """Make a new, small reading list in DIR, which is empty or not there yet."""
    starter.create(target)
    click.echo(f"A new reading list is in {target}. Look at it with: papershelf -C {target} serve")
