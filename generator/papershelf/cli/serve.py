"""The command `papershelf serve`."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import click

from papershelf.cli import output
from papershelf.core.project import find_project
from papershelf.incremental import garbage
from papershelf.plan import BuildOptions
from papershelf.serve import live

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from papershelf.core.problems import Problem


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one."
)
@output.plugins_option
@output.quiet_option
@click.pass_obj
def serve(folder: Path, *, port: int, plugins: bool, quiet: bool) -> None:
    """Show the site on this computer as it is being edited."""
    garbage.collect_rarely()

    def log(line: str, problems: Sequence[Problem]) -> None:
        output.show(problems, most=output.FEW_WARNINGS)
        if not quiet or problems:
            output.say(line)

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        live(find_project(folder), port, log, BuildOptions(plugins=plugins))
    except KeyboardInterrupt:
        click.echo("Stopped.")
