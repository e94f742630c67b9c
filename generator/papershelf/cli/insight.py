"""Commands that help to judge: explain, suggest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from papershelf.cli import output
from papershelf.core.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from papershelf.authoring.suggest import Suggestion
    from papershelf.content.reader import Content

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


@click.command()
@click.argument("paper")
@json_option
@click.pass_obj
def explain(folder: Path, *, paper: str, as_json: bool) -> None:
    """Say where each field of PAPER comes from, which records it is made of, and why it has its topics.

    PAPER is an id, a former id, an arXiv id, a DOI or a title.
    """
    from papershelf.authoring import explain as explaining  # noqa: PLC0415  heavy: not for --help
    from papershelf.cli import explained  # noqa: PLC0415

    found = explaining.explain(_content(folder), paper)
    if isinstance(found, Problem):
        output.show([found])
        sys.exit(output.CONTENT_PROBLEMS)
    click.echo(explaining.as_json(found) if as_json else explained.text(found))


@click.command()
@json_option
@click.pass_obj
def suggest(folder: Path, *, as_json: bool) -> None:
    """List what could be done next: papers without topic, same works, missing links, idle decisions."""
    from papershelf.authoring import suggest as suggesting  # noqa: PLC0415

    found = suggesting.suggest(_content(folder))
    click.echo(suggesting.as_json(found) if as_json else _text(found))


def _text(suggestions: Sequence[Suggestion]) -> str:
    """The suggestions under the title of their kind, each with what to write below it."""
    from papershelf.authoring.suggest import TITLES  # noqa: PLC0415

    lines: list[str] = []
    for kind, title in TITLES.items():
        group = [each for each in suggestions if each.kind == kind]
        if group:
            lines += [click.style(f"{title}: {len(group)}", bold=True)]
            lines += [line for each in group for line in _suggestion(each)]
            lines += [""]
    return "\n".join([*lines, f"{len(suggestions)} suggestions." if suggestions else "Nothing to suggest."])


def _suggestion(each: Suggestion) -> Iterator[str]:
    yield f"  {click.style(str(each.at), dim=True)}: {each.message}"
    yield from (click.style(f"      {line}", fg="green") for line in each.write.splitlines())


def _content(folder: Path) -> Content:
    """What can be read of the content; its mistakes are shown, and are no reason to say nothing."""
    from papershelf.content.reader import read_content  # noqa: PLC0415

    content, problems = read_content(output.find(folder))
    output.show(problems)
    if content is None:
        sys.exit(output.CONTENT_PROBLEMS)
    return content
