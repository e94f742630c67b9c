"""The command `papershelf eject`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papershelf.build import STEPS
from papershelf.cli import output
from papershelf.cli.exit_codes import CONTENT_PROBLEMS
from papershelf.core.project import find_project
from papershelf.eject import eject as eject_site
from papershelf.plan import BuildOptions

if TYPE_CHECKING:
    from papershelf.theme.mkdocs import Renderer


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@output.repository_option
@output.url_option
@click.option(
    "--renderer",
    type=click.Choice(["mkdocs", "zensical"]),
    default="mkdocs",
    show_default=True,
    help="Whose style sheets it takes; both build what is written.",
)
@output.plugins_option
@output.quiet_option
@click.pass_obj
def eject(  # noqa: PLR0913  click gives each option its own parameter
    folder: Path,
    *,
    target: Path,
    repository: str | None,
    url: str | None,
    renderer: Renderer,
    plugins: bool,
    quiet: bool,
) -> None:
    """Write the site into DIR as a project that MkDocs or Zensical builds without Papershelf."""
    project, options = find_project(folder), BuildOptions(repository, url, renderer, plugins)
    with output.progress(quiet=quiet, steps=len(STEPS)) as announce:
        report = eject_site(project, target, announce, options)
    output.show(report.problems, most=output.FEW_WARNINGS)
    if report.failed:
        sys.exit(CONTENT_PROBLEMS)
    if not quiet:
        output.say(f"{report.pages} pages are in {target.resolve()}: mkdocs build, or zensical build")
