"""The command `papershelf build`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from papershelf.authoring.why import why
from papershelf.build import STEPS
from papershelf.build import build as build_site
from papershelf.cli import output
from papershelf.cli.exit_codes import CONTENT_PROBLEMS, ENVIRONMENT
from papershelf.core.project import find_project
from papershelf.library.check import Failed
from papershelf.plan import BuildOptions

if TYPE_CHECKING:
    from pathlib import Path

    from papershelf.core.project import Project
    from papershelf.theme.mkdocs import Renderer

_VERDICTS: Final = {
    "current": "{path} is current: nothing that it is made from has changed.",
    "changed": "{path} will be made again: {changed} changed.",
    "new": "{path} is new.",
    "tampered": "{path} will be made again: its files were changed or removed after they were written.",
    "removed": "{path} will be removed: nothing in the content makes it any more.",
    "unknown": "This site has no file or page {path!r}.",
}


@click.command()
@output.repository_option
@output.url_option
@click.option(
    "--renderer",
    type=click.Choice(["mkdocs", "zensical"]),
    default="mkdocs",
    show_default=True,
    help="What makes the frames around the pages; zensical comes with: pip install 'papershelf[zensical]'.",
)
@click.option("--explain", metavar="PATH", help="Build nothing; say why a file is current or what changed.")
@output.plugins_option
@output.quiet_option
@click.pass_obj
def build(  # noqa: PLR0913  click gives each option its own parameter
    folder: Path,
    *,
    repository: str | None,
    url: str | None,
    renderer: Renderer,
    explain: str | None,
    plugins: bool,
    quiet: bool,
) -> None:
    """Build the site from content/ into site/."""
    project, options = find_project(folder), BuildOptions(repository, url, renderer, plugins)
    if explain is None:
        _build(project, options, quiet=quiet)
    else:
        _explain(project, options, explain)


def _build(project: Project, options: BuildOptions, *, quiet: bool) -> None:
    with output.progress(quiet=quiet, steps=len(STEPS)) as announce:
        report = build_site(project, announce, options)
    output.show(report.problems, most=output.FEW_WARNINGS)
    if report.failed:
        click.secho("Nothing was published: the last good site is untouched.", err=True)
        sys.exit(CONTENT_PROBLEMS)
    if not quiet:
        click.echo(f"{report.papers} papers on {report.pages} pages, {report.searchable} of them searchable.")
        output.say(f"The site is in {project.site.resolve()}")


def _explain(project: Project, options: BuildOptions, path: str) -> None:
    verdict = why(project, path, options)
    if isinstance(verdict, Failed):
        output.show(verdict.problems)
        sys.exit(CONTENT_PROBLEMS)
    changed = " and ".join(verdict.changed) or "something"
    output.say(_VERDICTS[verdict.state].format(path=verdict.path, changed=changed))
    if verdict.state == "unknown":
        sys.exit(ENVIRONMENT)
