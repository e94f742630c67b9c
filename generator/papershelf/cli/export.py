"""The command `papershelf export`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from papershelf import citations
from papershelf.cli import output
from papershelf.cli.exit_codes import CONTENT_PROBLEMS
from papershelf.content.topics import require_known
from papershelf.core.project import find_project
from papershelf.exports.one_file import FORMATS, one_file
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.library.check import Failed, check
from papershelf.library.conditions import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from papershelf.core.model import Paper
    from papershelf.library.library import Library


@click.command()
@click.option("--format", "form", type=click.Choice([*FORMATS]), default="bibtex", show_default=True)
@click.option("--topic", "topics", metavar="ID", multiple=True, help="Papers of this topic and its parts.")
@click.option(
    "--where",
    "conditions",
    type=output.Parsed("CONDITION", Condition.parse),
    multiple=True,
    help="Papers whose field is so: status=read, venue!=arXiv, doi (has one), !summary (has none).",
)
@click.pass_obj
def export(folder: Path, *, form: str, topics: tuple[str, ...], conditions: tuple[Condition, ...]) -> None:
    """Print papers in one file, without building the site: all of them, or those that are wanted."""
    project, workers = find_project(folder), Workers()
    checked = check(project, Cache.read_only(project.cache), workers)
    if isinstance(checked, Failed):
        output.show(checked.problems)
        sys.exit(CONTENT_PROBLEMS)
    papers = tuple(_wanted(checked.library, topics, conditions))
    keys = citations.keys(checked.library.papers.values())
    sys.stdout.buffer.write(one_file(papers, keys, form))
    if not papers:
        click.echo("No paper is so.", err=True)


def _wanted(library: Library, topics: tuple[str, ...], conditions: tuple[Condition, ...]) -> Iterator[Paper]:
    """In the library's order: newest first."""
    require_known(topics, library.topics)
    ids = {paper for topic in topics for paper in library.in_topic[topic]}
    for paper in library.papers.values():
        if (not topics or paper.id in ids) and all(each.holds(paper) for each in conditions):
            yield paper
