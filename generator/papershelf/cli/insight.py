"""Commands that help to judge: explain, suggest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from papershelf.authoring import explain as explaining
from papershelf.authoring import suggest as suggesting
from papershelf.cli import explained, output
from papershelf.cli.exit_codes import CONTENT_PROBLEMS
from papershelf.content.reader import Content, read_content
from papershelf.core.printable import in_one_line, printable
from papershelf.core.problems import Problem
from papershelf.core.project import find_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


@click.command()
@click.argument("paper")
@json_option
@click.pass_obj
def explain(folder: Path, *, paper: str, as_json: bool) -> None:
    """Say where each field of PAPER comes from, which records it is made of, and why it has its topics.

    PAPER is an id, a former id, an arXiv id, a DOI or a title.
    """
    found = explaining.explain(_read_content(folder), paper)
    if isinstance(found, Problem):
        output.show([found])
        sys.exit(CONTENT_PROBLEMS)
    click.echo(explaining.as_json(found) if as_json else explained.text(found))


@click.command()
@json_option
@click.pass_obj
def suggest(folder: Path, *, as_json: bool) -> None:
    """List what could be done next: papers without topic, same works, missing links, idle decisions."""
    found = suggesting.suggest(_read_content(folder))
    click.echo(suggesting.as_json(found) if as_json else _suggestions_text(found))


def _suggestions_text(suggestions: Sequence[suggesting.Suggestion]) -> str:
    """The suggestions under the title of their kind, each with what to write below it."""
    lines: list[str] = []
    for kind, title in suggesting.TITLES.items():
        group = [each for each in suggestions if each.kind == kind]
        if group:
            lines += [click.style(f"{title}: {len(group)}", bold=True)]
            lines += [line for each in group for line in _suggestion_lines(each)]
            lines += [""]
    return "\n".join([*lines, f"{len(suggestions)} suggestions." if suggestions else "Nothing to suggest."])


def _suggestion_lines(each: suggesting.Suggestion) -> Iterator[str]:
    yield f"  {click.style(str(each.at), dim=True)}: {in_one_line(each.message)}"
    yield from (click.style(f"      {line}", fg="green") for line in printable(each.write).splitlines())


def _read_content(folder: Path) -> Content:
    """Read what can be read of the content and show its problems; exit if the settings are broken."""
    content, problems = read_content(find_project(folder))
    output.show(problems)
    if content is None:
        sys.exit(CONTENT_PROBLEMS)
    return content
