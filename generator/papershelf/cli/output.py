"""What commands share: what they print, problems and progress."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, TypeVar, cast

import click

from papershelf.core.printable import in_one_line, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from papershelf.core.problems import Problem

FEW_WARNINGS = 20
_Value = TypeVar("_Value")


def _web_address(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """A web address that paths can be appended to; an empty one is none."""
    from papershelf.core import web_urls  # noqa: PLC0415  most commands have no such option

    try:
        return web_urls.checked_root(value) if value else None
    except web_urls.WebUrlError as error:
        raise click.BadParameter(f"{value} {error.message}: {error.cure}") from error


repository_option = click.option(
    "--repository",
    envvar="PAPERSHELF_REPOSITORY",
    callback=_web_address,
    metavar="URL",
    help="Address of the repository that builds the site, if site_config.yml names none.",
)
url_option = click.option(
    "--url",
    envvar="PAPERSHELF_URL",
    callback=_web_address,
    metavar="URL",
    help="Address of the site, if site_config.yml names none.",
)
plugins_option = click.option(
    "--plugins",
    is_flag=True,
    envvar="PAPERSHELF_PLUGINS",
    help="Run the list's own folder plugins/ too. It is code: look at it before.",
)
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Say nothing unless something is wrong.")


class Parsed(click.ParamType[_Value]):
    """What `parse` makes of a text; the message of its ValueError is shown. Defaults stay as they are."""

    def __init__(self, name: str, parse: Callable[[str], _Value]) -> None:
        self.name = name
        self._parse = parse

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> _Value:
        """The value; click asks for it again for one that it has already."""
        if not isinstance(value, str):
            return cast("_Value", value)
        try:
            return self._parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def say(text: str, *, err: bool = False, fg: str | None = None) -> None:
    """Print a line that may hold what others wrote: nothing in it steers the terminal."""
    click.secho(printable(text), err=err, fg=fg)


def show(problems: Iterable[Problem], *, most: int | None = None) -> None:
    """Print problems to standard error: errors in red, warnings in yellow, and `most` warnings at most."""
    lines, warnings = [], 0
    for problem in problems:
        is_warning = problem.severity == "warning"
        warnings += is_warning
        if most is None or not is_warning or warnings <= most:
            lines.append(click.style(in_one_line(str(problem)), fg="yellow" if is_warning else "red"))
    if most is not None and warnings > most:
        lines.append(f"… and {warnings - most} more: papershelf check shows all")
    if lines:
        click.echo("\n".join(lines), err=True)


@contextlib.contextmanager
def progress(*, quiet: bool, steps: int) -> Iterator[Callable[[str], None]]:
    """Yield a function that announces a step: on a moving line of a terminal, on plain lines elsewhere."""
    if quiet:
        yield lambda _: None
    elif not sys.stderr.isatty():
        yield lambda step: click.echo(f"{step} …", err=True)
    else:
        from papershelf.cli import terminal  # noqa: PLC0415  rich takes 50 ms to load: only where it is shown

        with terminal.progress(steps) as announce:
            yield announce
