"""The command line: the only part that prints or exits."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papershelf import __version__
from papershelf.cli import output
from papershelf.cli.exit_codes import ENVIRONMENT, INTERRUPTED, NOBODY_READS, TERMINATED
from papershelf.cli.lazy import LazyCommand, LazyGroup
from papershelf.core.printable import printable
from papershelf.core.problems import GeneratorError
from papershelf.core.project import EPOCH_VARIABLE
from papershelf.incremental import garbage

if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS = (
    LazyCommand("build", "papershelf.cli.build", "Build the site from content/ into site/."),
    LazyCommand(
        "check",
        "papershelf.cli.check",
        "Read all content, plan the site, and report every problem; write nothing.",
    ),
    LazyCommand(
        "digest",
        "papershelf.cli.digest",
        "Tell what is new: print it, write it to a file, or send it by mail, to nobody twice.",
    ),
    LazyCommand(
        "eject",
        "papershelf.cli.eject",
        "Write the site into DIR as a project that MkDocs or Zensical builds without Papershelf.",
    ),
    LazyCommand(
        "explain",
        "papershelf.cli.insight",
        "Say where each field of PAPER comes from, which records it is made of, and why it has its topics.",
    ),
    LazyCommand(
        "export",
        "papershelf.cli.export",
        "Print papers in one file, without building the site: all of them, or those that are wanted.",
    ),
    LazyCommand(
        "import",
        "papershelf.cli.importer",
        "Read papers and write content/papers/<listing-id>.jsonl for each FILE.",
        attribute="import_",
    ),
    LazyCommand(
        "init",
        "papershelf.cli.curator",
        "Make a new, small reading list in DIR, which is empty or not there yet.",
    ),
    LazyCommand(
        "new",
        "papershelf.cli.curator",
        "Begin an entry for a paper, a topic or a collection; you finish it by hand.",
    ),
    LazyCommand(
        "schema",
        "papershelf.cli.curator",
        "Write the JSON Schemas that editors read into content/schemas/, or print the one of KIND.",
    ),
    LazyCommand("serve", "papershelf.cli.serve", "Show the site on this computer as it is being edited."),
    LazyCommand(
        "suggest",
        "papershelf.cli.insight",
        "List what could be done next: papers without topic, same works, missing links, idle decisions.",
    ),
)


class _Commands(LazyGroup):
    """Turns a failure of the environment into one line and its exit code."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except click.UsageError as error:
            raise click.UsageError(printable(error.format_message()), error.ctx) from error
        except GeneratorError as error:
            message = str(error)
        except OSError as error:
            message = f"{error.filename or 'the output cannot be written'}: {error.strerror}"
        output.say(f"papershelf: {message}", err=True, fg="red")
        return ctx.exit(ENVIRONMENT)


@click.group(
    cls=_Commands,
    commands=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
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


def run() -> None:
    """Run `papershelf` as a process of its own, and exit without freeing its objects one by one."""
    garbage.never_collect()
    signal.signal(signal.SIGTERM, _terminate)
    if not os.environ.get(EPOCH_VARIABLE):
        os.environ.pop(EPOCH_VARIABLE, None)  # empty is unset for us, but not for libraries
    code = _exit_code(lambda: main(prog_name="papershelf", standalone_mode=False))
    os._exit(_exit_code(_flush) or code)


def _exit_code(act: Callable[[], object]) -> int:
    """The exit code that an action comes to."""
    try:
        code = act()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        return NOBODY_READS
    except OSError as error:
        with contextlib.suppress(OSError):
            click.echo(f"papershelf: the output cannot be written: {error.strerror}", err=True)
        return ENVIRONMENT
    except SystemExit as ended:
        code = ended.code
    return code if isinstance(code, int) else 0


def _flush() -> None:
    """Hand over what is still to be printed; a stream that was closed is None."""
    for stream in (sys.stdout, sys.stderr):
        if stream:
            stream.flush()


def _terminate(*_: object) -> None:
    """End by an exception, so that a build removes its staging folder and ends its processes."""
    raise SystemExit(TERMINATED)
