"""The command `papershelf import`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from papershelf.cli import output
from papershelf.cli.exit_codes import CONTENT_PROBLEMS
from papershelf.core.model import day
from papershelf.core.printable import in_one_line
from papershelf.core.problems import has_errors
from papershelf.core.project import find_project
from papershelf.importing import ImportOptions, import_files
from papershelf.plugins import load_plugins
from papershelf.sources.readers import READERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from papershelf.importing import ImportPlan, PlannedListing

COLUMNS = ("entries", "new", "known", "dated", "with code", "inferred", "warnings")
WIDTH = 120  # columns, where no terminal says how wide it is


class _Day(click.ParamType[date]):
    """A date written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return day(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--format", "form", metavar="NAME", help="What the files are; otherwise told by their content.")
@click.option("--captured", type=_Day(), help="The day the listing was captured.")
@click.option(
    "--id", "listing_id", metavar="ID", help="The listing's id; otherwise made from its date or file."
)
@click.option("--title", metavar="TEXT", help="The listing's title.")
@click.option("--facts-only", is_flag=True, help="Leave abstracts out, after reading the links from them.")
@click.option("--dry-run", is_flag=True, help="Tell what would be written, and write nothing.")
@output.plugins_option
@output.quiet_option
@click.pass_obj
def import_(  # noqa: PLR0913  click gives each option its own parameter
    folder: Path,
    *,
    files: tuple[Path, ...],
    form: str | None,
    captured: date | None,
    listing_id: str | None,
    title: str | None,
    facts_only: bool,
    dry_run: bool,
    plugins: bool,
    quiet: bool,
) -> None:
    """Read listings and write content/papers/<listing-id>.jsonl for each."""
    project = find_project(folder)
    options = ImportOptions(
        format=form,
        captured=captured,
        id=listing_id,
        title=title,
        facts_only=facts_only,
        readers=(*load_plugins(project, own=plugins).readers, *READERS),
    )
    with output.progress(quiet=quiet, steps=1) as announce:
        announce(f"Reading {len(files)} files")
        plan = import_files(project.content, files, options, dry_run=dry_run)
    output.show(plan.problems)
    if not quiet:
        _show_table(plan)
    if dry_run:
        click.echo("Nothing was written.")
    if has_errors(plan.problems):
        sys.exit(CONTENT_PROBLEMS)


def _show_table(plan: ImportPlan) -> None:
    table = Table(box=None)
    table.add_column("listing", no_wrap=True)
    table.add_column("", no_wrap=True)
    for name in COLUMNS:
        table.add_column(name, justify="right", no_wrap=True)
    for planned in plan.files:
        table.add_row(Text(in_one_line(planned.listing.id)), planned.change, *map(str, _figures(planned)))
    if len(plan.files) > 1:
        table.add_row("together", "", *map(str, _sums(plan.files)))
    Console(width=None if sys.stdout.isatty() else WIDTH).print(table)


def _figures(planned: PlannedListing) -> tuple[int, ...]:
    return (
        planned.entries,
        planned.new,
        planned.known,
        planned.dated,
        planned.with_code,
        planned.inferred,
        planned.warnings,
    )


def _sums(files: Sequence[PlannedListing]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*map(_figures, files), strict=True)))
