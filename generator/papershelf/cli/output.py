"""What commands share: finding the project, showing problems and progress."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from papershelf.core.problems import Problem
    from papershelf.core.project import Project

CONTENT_PROBLEMS = 1
ENVIRONMENT = 2
FEW_WARNINGS = 20

quiet_option = click.option("--quiet", "-q", is_flag=True, help="Say nothing unless something is wrong.")


def find(folder: Path) -> Project:
    """The project in `folder`; raises GeneratorError if there is none."""
    from papershelf.core.project import find_project  # noqa: PLC0415

    return find_project(folder)


def show(problems: Iterable[Problem], *, most: int | None = None) -> None:
    """The problems on standard error: errors in red, warnings in yellow, and of these `most` at most."""
    told, warnings = [], 0
    for problem in problems:
        is_warning = problem.severity == "warning"
        warnings += is_warning
        if most is None or not is_warning or warnings <= most:
            told.append(click.style(str(problem), fg="yellow" if is_warning else "red"))
    if most is not None and warnings > most:
        told.append(f"… and {warnings - most} more: papershelf check shows all")
    if told:
        click.echo("\n".join(told), err=True)


@contextlib.contextmanager
def progress(*, quiet: bool, steps: int) -> Iterator[Callable[[str], None]]:
    """Something to announce steps to: a moving line on a terminal, plain lines elsewhere."""
    if quiet:
        yield lambda _: None
    elif not sys.stderr.isatty():
        yield lambda step: click.echo(f"{step} …", err=True)
    else:
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(20), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Starting", total=steps)
            yield lambda step: bar.update(task, description=step, advance=1)
