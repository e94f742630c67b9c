"""The command line: the only part that prints or exits."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from papershelf import __version__
from papershelf.cli.curator import init, new, schema
from papershelf.cli.digest import digest
from papershelf.cli.importer import import_
from papershelf.cli.insight import explain, suggest
from papershelf.cli.output import ENVIRONMENT
from papershelf.cli.site import build, check, serve
from papershelf.core.problems import GeneratorError
from papershelf.incremental import garbage


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


for command in (init, import_, new, schema, explain, suggest, check, build, serve, digest):
    main.add_command(command)


def run() -> None:
    """`papershelf` as a process of its own, which ends without freeing what ends with it anyway."""
    garbage.never_collect()
    try:
        main(prog_name="papershelf")
    except SystemExit as ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code if isinstance(ended.code, int) else bool(ended.code))
