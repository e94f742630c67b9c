"""The command `papershelf check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from papershelf import plancheck
from papershelf.cli import output, reports
from papershelf.cli.exit_codes import CONTENT_PROBLEMS
from papershelf.core.problems import has_errors
from papershelf.core.project import find_project
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.library.check import Checked
from papershelf.library.check import check as check_content
from papershelf.plan import BuildOptions

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", *reports.FORMATS]), default="text", show_default=True
)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@output.plugins_option
@output.quiet_option
@click.pass_obj
def check(folder: Path, *, form: str, strict: bool, plugins: bool, quiet: bool) -> None:
    """Read all content, plan the site, and report every problem; write nothing."""
    project, workers = find_project(folder), Workers()
    cache = Cache.read_only(project.cache)
    checked = check_content(project, cache, workers)
    problems = list(checked.problems)
    if isinstance(checked, Checked):
        options = BuildOptions(plugins=plugins)
        problems = sorted([*problems, *plancheck.problems(project, checked, options, cache, workers)])
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
