"""Commands that help to judge: explain, suggest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from generator.cli import output
from generator.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from generator.content import Content

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


@click.command()
@click.argument("paper")
@json_option
@click.pass_obj
def explain(folder: Path, *, paper: str, as_json: bool) -> None:
    """Say where each field of PAPER comes from, which records it is made of, and why it has its topics.

    PAPER is an id, a former id, an arXiv id, a DOI or a title.
    """
    from generator import explain as explaining  # noqa: PLC0415  heavy: not for --help
    from generator.cli import explained  # noqa: PLC0415

    found = explaining.explain(_content(folder), paper)
    if isinstance(found, Problem):
        output.show([found])
        sys.exit(output.CONTENT_PROBLEMS)
    click.echo(explaining.as_json(found) if as_json else explained.text(found))


def _content(folder: Path) -> Content:
    """What can be read of the content; its mistakes are shown, and are no reason to say nothing."""
    from generator.content import read_content  # noqa: PLC0415

    content, problems = read_content(output.find(folder))
    output.show(problems)
    if content is None:
        sys.exit(output.CONTENT_PROBLEMS)
    return content
