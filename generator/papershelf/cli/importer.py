"""The command `papershelf import`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from papershelf.cli import output
from papershelf.cli.exit_codes import CONTENT_PROBLEMS
from papershelf.core.model import day
from papershelf.core.partial_date import PartialDate
from papershelf.core.printable import in_one_line
from papershelf.core.problems import has_errors
from papershelf.core.project import find_project
from papershelf.importing import ImportOptions, Selection, import_files
from papershelf.plugins import load_plugins
from papershelf.sources.parsed import TABLE_FIELDS
from papershelf.sources.readers import READERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from papershelf.core.model import Role
    from papershelf.importing import ImportPlan, PlannedListing
    from papershelf.sources.parsed import Reader

COLUMNS = ("entries", "new", "known", "untitled", "dated", "with code", "inferred", "left out", "warnings")
WIDTH = 120  # columns, where no terminal says how wide it is


def _columns(written: str) -> tuple[tuple[str, str], ...]:
    """Fields of an entry and the columns that hold them; raises ValueError with the fields there are."""
    pairs = [pair.partition("=")[::2] for pair in written.split(",")]
    for field, column in pairs:
        if field not in TABLE_FIELDS or not column:
            known = ", ".join(TABLE_FIELDS)
            raise ValueError(f"'{field}={column}' names no field and column; fields: {known}")
    return tuple(pairs)


def _show_formats(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001  click's call
    if wanted and not ctx.resilient_parsing:
        readers = _readers(ctx.obj, plugins=bool(ctx.params.get("plugins")))
        width = max(len(reader.name) for reader in readers)
        for reader in readers:
            click.echo(in_one_line(f"{reader.name:{width}}  {reader.description}"))
        ctx.exit()


def _readers(folder: Path, *, plugins: bool) -> tuple[Reader, ...]:
    """Those of the list's plug-ins first, if the person trusts them."""
    own = load_plugins(find_project(folder), own=True).readers if plugins else ()
    return (*own, *READERS)


_FILE = click.Path(exists=True, allow_dash=True, path_type=Path)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@output.plugins_option
@click.option(
    "--formats",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_formats,
    help="Tell what can be read, a line each.",
)
@click.option("--format", "form", metavar="NAME", help="What the files are; otherwise told by their content.")
@click.option(
    "--columns",
    type=output.Parsed("FIELD=COLUMN,…", _columns),
    default=(),
    help="The columns of a table: title=Title,authors=Names.",
)
@click.option("--captured", type=output.Parsed("YYYY-MM-DD", day), help="The day the listing was captured.")
@click.option(
    "--id", "listing_id", metavar="ID", help="The listing's id; otherwise made from its date or file."
)
@click.option("--title", metavar="TEXT", help="The listing's title.")
@click.option(
    "--role",
    type=click.Choice(["edition", "facts"]),
    default="edition",
    show_default=True,
    help="An edition of the list, or facts that complete its papers and add none.",
)
@click.option("--only-matching", is_flag=True, help="Take papers that the rules of a topic match.")
@click.option("--topic", "topics", metavar="ID", multiple=True, help="Take papers that match this topic.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="Take papers with this keyword or tag.")
@click.option(
    "--since",
    type=output.Parsed("YYYY[-MM[-DD]]", PartialDate.parse),
    help="Take papers published since then.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Take the first N of them.")
@click.option("--facts-only", is_flag=True, help="Leave abstracts out, after reading the links from them.")
@click.option("--dry-run", is_flag=True, help="Tell what would be written, and write nothing.")
@output.quiet_option
@click.pass_obj
def import_(  # noqa: PLR0913  click gives each option its own parameter
    folder: Path,
    *,
    files: tuple[Path, ...],
    form: str | None,
    columns: tuple[tuple[str, str], ...],
    captured: date | None,
    listing_id: str | None,
    title: str | None,
    role: Role,
    only_matching: bool,
    topics: tuple[str, ...],
    tags: tuple[str, ...],
    since: PartialDate | None,
    limit: int | None,
    facts_only: bool,
    dry_run: bool,
    plugins: bool,
    quiet: bool,
) -> None:
    """Read papers and write content/papers/<listing-id>.jsonl for each FILE.

    A FILE is of any format that --formats tells, a folder or a .zip of such files, or - for standard input.
    """
    project = find_project(folder)
    options = ImportOptions(
        format=form,
        captured=captured,
        id=listing_id,
        title=title,
        role=role,
        facts_only=facts_only,
        columns=columns,
        selection=Selection(only_matching=only_matching, topics=topics, tags=tags, since=since, limit=limit),
        readers=(*load_plugins(project, own=plugins).readers, *READERS),
    )
    with output.progress(quiet=quiet, steps=1) as announce:
        announce(f"Reading {len(files)} {'file' if len(files) == 1 else 'files'}")
        plan = import_files(project.content, files, options, dry_run=dry_run)
    output.show(plan.problems)
    if not quiet:
        _show_table(plan)
        _show_left_out(plan)
    if dry_run:
        click.echo("Nothing was written.")
    if has_errors(plan.problems):
        sys.exit(CONTENT_PROBLEMS)


def _show_left_out(plan: ImportPlan) -> None:
    """How many entries were not wanted, and why."""
    for planned in plan.files:
        counted = ", ".join(f"{number} {reason}" for reason, number in planned.left_out.items())
        if counted:
            click.echo(in_one_line(f"{planned.listing.id}: left out {counted}"))


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
        len(planned.unnamed),
        planned.dated,
        planned.with_code,
        planned.inferred,
        sum(planned.left_out.values()),
        planned.warnings,
    )


def _sums(files: Sequence[PlannedListing]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*map(_figures, files), strict=True)))
