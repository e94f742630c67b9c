"""The command `papershelf check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from papershelf.cli import output, reports
from papershelf.cli.exit_codes import CONTENT_PROBLEMS
from papershelf.core.problems import has_errors
from papershelf.core.project import find_project
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.library.check import Checked
from papershelf.library.check import check as check_content
from papershelf.plan import BuildOptions, Setup

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True
)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@output.quiet_option
@click.pass_obj
def check(folder: Path, *, form: reports.Format, strict: bool, quiet: bool) -> None:
    """Read all content and report every problem in it; write nothing."""
    project = find_project(folder)
    checked = check_content(project, Cache.read_only(project.cache), Workers())
    problems = tuple(sorted([*checked.problems, *Setup.load(project, BuildOptions()).templates.problems]))
    if form == "text":
        output.show(problems)
    else:
        click.echo(reports.FORMATS[form](problems))
    if has_errors(problems) or (strict and problems):
        sys.exit(CONTENT_PROBLEMS)
    if isinstance(checked, Checked) and form == "text" and not quiet:
        verdict = f"{_counted(len(problems), 'warning')}." if problems else "all is well."
        papers, listings = len(checked.library.papers), len(checked.library.listings)
        click.echo(f"{_counted(papers, 'paper')}, {_counted(listings, 'listing')}: {verdict}")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
