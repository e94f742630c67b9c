"""Commands that make the site: import, check, build, serve."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, Final

import click

from papershelf.cli import output
from papershelf.core.problems import has_errors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from papershelf.build import Report
    from papershelf.cli.reports import Format
    from papershelf.core.problems import Problem
    from papershelf.core.project import Project
    from papershelf.theme.mkdocs import Renderer

BUILD_STEPS = 4


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True
)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@output.quiet_option
@click.pass_obj
def check(folder: Path, *, form: Format, strict: bool, quiet: bool) -> None:
    """Read all content and report every problem in it; write nothing."""
    from papershelf.cli import reports  # noqa: PLC0415
    from papershelf.incremental.cache import Cache  # noqa: PLC0415  heavy: not for --help
    from papershelf.incremental.workers import Workers  # noqa: PLC0415
    from papershelf.library import check as reading  # noqa: PLC0415

    project = output.find(folder)
    checked = reading.check(project, Cache.read_only(project.cache), Workers())
    problems = checked.problems
    if form == "text":
        output.show(problems)
    else:
        click.echo(reports.FORMATS[form](problems))
    if has_errors(problems) or (strict and problems):
        sys.exit(output.CONTENT_PROBLEMS)
    if isinstance(checked, reading.Checked) and form == "text" and not quiet:
        verdict = f"{_counted(len(problems), 'warning')}." if problems else "all is well."
        papers, listings = len(checked.library.papers), len(checked.library.listings)
        click.echo(f"{_counted(papers, 'paper')}, {_counted(listings, 'listing')}: {verdict}")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@click.command()
@click.option(
    "--repository",
    envvar="PAPERSHELF_REPOSITORY",
    metavar="URL",
    help="Address of the repository that builds the site, if site_config.yml names none.",
)
@click.option(
    "--renderer",
    type=click.Choice(["mkdocs", "zensical"]),
    default="mkdocs",
    show_default=True,
    help="What makes the frames around the pages; zensical comes with: pip install 'papershelf[zensical]'.",
)
@click.option("--explain", metavar="PATH", help="Build nothing; say why a file is current or what changed.")
@output.quiet_option
@click.pass_obj
def build(
    folder: Path, *, repository: str | None, renderer: Renderer, explain: str | None, quiet: bool
) -> None:
    """Build the site from content/ into site/."""
    project = output.find(folder)
    if explain is not None:
        _explain(project, explain, repository, renderer)
        return
    report = _build(project, repository=repository, renderer=renderer, quiet=quiet)
    if report.failed:
        click.secho("Nothing was published: the last good site is untouched.", err=True)
        sys.exit(output.CONTENT_PROBLEMS)
    if not quiet:
        click.echo(f"{report.papers} papers on {report.pages} pages, {report.searchable} of them searchable.")
        click.echo(f"The site is in {project.site.resolve()}")


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one."
)
@output.quiet_option
@click.pass_obj
def serve(folder: Path, *, port: int, quiet: bool) -> None:
    """Show the site on this computer as it is being edited."""
    from papershelf.incremental import garbage  # noqa: PLC0415
    from papershelf.serve import live  # noqa: PLC0415

    garbage.collect_rarely()

    def say(line: str, problems: Sequence[Problem]) -> None:
        output.show(problems, most=output.FEW_WARNINGS)
        if not quiet or problems:
            click.echo(line)

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        live(output.find(folder), port, say)
    except KeyboardInterrupt:
        click.echo("Stopped.")


_VERDICTS: Final = {
    "current": "{path} is current: nothing that it is made from has changed.",
    "changed": "{path} will be made again: {changed} changed.",
    "new": "{path} is new.",
    "tampered": "{path} will be made again: its files were changed or removed after they were written.",
    "removed": "{path} will be removed: nothing in the content makes it any more.",
    "unknown": "This site has no file or page {path!r}.",
}


def _explain(project: Project, path: str, repository: str | None, renderer: Renderer) -> None:
    from papershelf.authoring.why import why  # noqa: PLC0415
    from papershelf.library.check import Failed  # noqa: PLC0415
    from papershelf.plan import BuildOptions  # noqa: PLC0415

    verdict = why(project, path, BuildOptions(repository, renderer))
    if isinstance(verdict, Failed):
        output.show(verdict.problems)
        sys.exit(output.CONTENT_PROBLEMS)
    changed = " and ".join(verdict.changed) or "something"
    click.echo(_VERDICTS[verdict.state].format(path=verdict.path, changed=changed))
    if verdict.state == "unknown":
        sys.exit(output.ENVIRONMENT)


def _build(
    project: Project, *, quiet: bool, repository: str | None = None, renderer: Renderer | None = None
) -> Report:
    from papershelf import build as story  # noqa: PLC0415
    from papershelf.plan import BuildOptions  # noqa: PLC0415
    from papershelf.theme import mkdocs  # noqa: PLC0415

    options = BuildOptions(repository, renderer or mkdocs.DEFAULT)
    with output.progress(quiet=quiet, steps=len(story.STEPS)) as announce:
        report = story.build(project, announce, options)
    output.show(report.problems, most=output.FEW_WARNINGS)
    return report
