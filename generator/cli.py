"""The command line: the only module that prints or exits."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import __version__
from generator.problems import GeneratorError, has_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from generator.build import Report
    from generator.content import Project
    from generator.problems import Problem
    from generator.reports import Format

CONTENT_PROBLEMS = 1
ENVIRONMENT = 2
BUILD_STEPS = 4

_quiet = click.option("--quiet", "-q", is_flag=True, help="Say nothing unless something is wrong.")


class _Commands(click.Group):
    """Turns a failure of the environment into one line and its exit code."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except GeneratorError as error:
            click.secho(f"papershelf: {error}", err=True, fg="red")
            ctx.exit(ENVIRONMENT)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="papershelf")
@click.option(
    "-C",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    show_default="this folder",
    help="The reading list's folder.",
)
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Turn a curated reading list of research papers into a static site."""
    context.obj = folder


@main.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True
)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@_quiet
@click.pass_obj
def check(folder: Path, *, form: Format, strict: bool, quiet: bool) -> None:
    """Read all content and report every problem in it; write nothing."""
    from generator import build, reports  # noqa: PLC0415  heavy: not for --help

    _, library, problems = build.check(_project(folder))
    if form == "text":
        _show(problems)
    else:
        click.echo(reports.FORMATS[form](problems))
    if has_errors(problems) or (strict and problems):
        sys.exit(CONTENT_PROBLEMS)
    if library and form == "text" and not quiet:
        verdict = f"{len(problems)} warnings." if problems else "all is well."
        click.echo(f"{len(library.papers)} papers, {len(library.listings)} listings: {verdict}")


@main.command("build")
@_quiet
@click.pass_obj
def build_command(folder: Path, *, quiet: bool) -> None:
    """Build the site from content/ into site/."""
    project = _project(folder)
    report = _build(project, quiet=quiet)
    if report.failed:
        click.secho("Nothing was published: the last good site is untouched.", err=True)
        sys.exit(CONTENT_PROBLEMS)
    if not quiet:
        click.echo(f"{report.papers} papers on {report.pages} pages, {report.searchable} of them searchable.")
        click.echo(f"The site is in {project.site.resolve()}; look at it with: papershelf serve")


@main.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one."
)
@_quiet
@click.pass_obj
def serve(folder: Path, *, port: int, quiet: bool) -> None:
    """Build, serve the site on this computer, and build again when a file changes."""
    from generator.content import CONFIG, read_config  # noqa: PLC0415
    from generator.serve import changes, serving  # noqa: PLC0415

    project = _project(folder)
    _rebuild(project, quiet=quiet)
    config, _ = read_config(project)
    with serving(project.site, config.url if config else "", port) as address:
        click.echo(f"Serving {address} until Ctrl+C.")
        try:
            for _ in changes([project.content, project.templates, project.root / CONFIG]):
                _rebuild(project, quiet=quiet)
        except KeyboardInterrupt:
            click.echo("Stopped.")


def _rebuild(project: Project, *, quiet: bool) -> None:
    report = _build(project, quiet=quiet)
    if report.failed:
        click.secho("Serving the last good site.", err=True)
    elif not quiet:
        click.echo(f"Built: {report.papers} papers, {report.written} pages changed.")


def _build(project: Project, *, quiet: bool) -> Report:
    from generator.build import build  # noqa: PLC0415

    with _progress(quiet=quiet) as announce:
        report = build(project, announce)
    _show(report.problems)
    return report


def _project(folder: Path) -> Project:
    from generator.content import find_project  # noqa: PLC0415

    return find_project(folder)


def _show(problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.secho(str(problem), err=True, fg="yellow" if problem.severity == "warning" else "red")


@contextlib.contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Something to announce steps to: a moving line on a terminal, plain lines elsewhere."""
    if quiet:
        yield lambda _: None
    elif not sys.stderr.isatty():
        yield lambda step: click.echo(f"{step} …", err=True)
    else:
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(20), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Starting", total=BUILD_STEPS)
            yield lambda step: progress.update(task, description=step, advance=1)
