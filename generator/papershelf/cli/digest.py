"""The command `papershelf digest`."""

from __future__ import annotations

import contextlib
import os
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papershelf.cli import output
from papershelf.cli.exit_codes import CONTENT_PROBLEMS, ENVIRONMENT
from papershelf.core import files
from papershelf.core.printable import printable
from papershelf.core.problems import GeneratorError
from papershelf.core.project import find_project
from papershelf.digest import (
    deliver,
    ledger_key,
    load_site_context,
    mail_settings,
    make_digest,
    message,
    open_sent_log,
)
from papershelf.digest.email import as_text

if TYPE_CHECKING:
    from papershelf.digest import Digest
    from papershelf.views.context import SiteContext

LEDGER = "digest-ledger.jsonl"


@click.command()
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="What is new since that day."
)
@click.option("--days", type=click.IntRange(1), metavar="N", help="What is new since N days before today.")
@click.option("--topic", "topics", multiple=True, metavar="ID", help="Only this topic; may be given again.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the message to a file.")
@click.option(
    "--send", is_flag=True, help="Send it, as PAPERSHELF_SMTP_… and …_LEDGER_KEY in the environment tell."
)
@click.option(
    "--ledger",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"Where it is kept what was sent to whom; {LEDGER} in the list's folder if absent.",
)
@output.repository_option
@output.url_option
@click.pass_obj
def digest(  # noqa: PLR0913  click gives each option its own parameter
    folder: Path,
    *,
    since: datetime | None,
    days: int | None,
    topics: tuple[str, ...],
    out: Path | None,
    send: bool,
    ledger: Path | None,
    repository: str | None,
    url: str | None,
) -> None:
    """Tell what is new: print it, write it to a file, or send it by mail, to nobody twice."""
    context = _load_site_context(folder, repository, url)
    if unknown := [topic for topic in topics if topic not in context.library.in_topic]:
        raise click.BadParameter(f"there is no topic '{unknown[0]}'", param_hint="--topic")
    contents = make_digest(context, _first_day(since, days), topics)
    if contents is None:
        click.echo("Nothing is new.")
    elif send:
        _send(contents, ledger or folder / LEDGER)
    elif out:
        _write_draft(contents, out)
    else:
        text = as_text(contents)
        click.echo(printable(text) if sys.stdout.isatty() else text, nl=False)


def _first_day(since: datetime | None, days: int | None) -> date:
    if (since is None) == (days is None):
        raise click.UsageError("say either --since DATE or --days N")
    return since.date() if since else (datetime.now(UTC) - timedelta(days=days or 0)).date()


def _load_site_context(folder: Path, repository: str | None, url: str | None) -> SiteContext:
    """Load the site's context and show the problems of the content; exit if one of them is an error."""
    context, problems = load_site_context(find_project(folder), repository, url)
    output.show(problems)
    if context is None:
        sys.exit(CONTENT_PROBLEMS)
    return context


def _write_draft(contents: Digest, out: Path) -> None:
    draft = message(contents, None, "", "draft", datetime.now(UTC))
    if is_output := _is_standard_output(out):
        click.echo(draft, nl=False)
    elif out.exists() and not out.is_file():
        _write_to_stream(out, draft)
    else:
        files.write(out.parent, out.name, draft)
    output.say(f"Written to {out}: {contents.subject}", err=is_output)


def _is_standard_output(path: Path) -> bool:
    """Whether a path, such as /dev/stdout, leads to where standard output goes."""
    with contextlib.suppress(OSError):
        return os.path.samestat(path.stat(), os.fstat(1))
    return False


def _write_to_stream(path: Path, content: bytes) -> None:
    """Write to a pipe or a device; raises GeneratorError at once if nobody reads the pipe."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK)
        with os.fdopen(descriptor, "wb") as stream:
            os.set_blocking(descriptor, True)
            stream.write(content)
    except OSError as error:
        raise GeneratorError(f"{path} cannot be written: {error.strerror}") from error


def _send(contents: Digest, ledger: Path) -> None:
    """Send one message to each recipient, and print the outcomes without addresses, as logs may be public."""
    settings, key, now = mail_settings(os.environ), ledger_key(os.environ), datetime.now(UTC)
    failed = False
    with open_sent_log(ledger, key, contents.id) as log:
        for number, recipient in enumerate(settings.recipients, start=1):
            mail = message(contents, settings.sender, recipient, log.hashed(recipient), now)
            delivery = deliver(recipient, mail, settings, log)
            reason = f": {delivery.why}" if delivery.why else ""
            failed = failed or bool(reason)
            output.say(
                f"Recipient {number} of {len(settings.recipients)}: {delivery.outcome}{reason}",
                err=bool(reason),
            )
    if failed:
        sys.exit(ENVIRONMENT)
