"""After each edit: read the content, preview its pages at once, and build the site in the background."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import fcntl

from papershelf.build import Report
from papershelf.content.reader import read_config
from papershelf.core.problems import GeneratorError, Problem
from papershelf.core.project import CONFIG, Project
from papershelf.incremental import staging
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.plan import BuildOptions
from papershelf.serve.background_build import Builder, Outcome
from papershelf.serve.preview import FOLDER, Previewer
from papershelf.serve.server import serving
from papershelf.serve.status import Status, StatusChannel
from papershelf.serve.watch import changes, stamps

Log = Callable[[str, Sequence[Problem]], None]

_LAST_GOOD_PAGES: Final = "The last good pages are shown."


@dataclass(frozen=True, slots=True)
class _Session:
    """A project that is served, the channel to its browsers, and the log on the terminal.

    refine: set when a build has computed what the current preview lacks.
    """

    previewer: Previewer
    channel: StatusChannel
    log: Log
    refine: threading.Event


def live(project: Project, port: int, log: Log, options: BuildOptions) -> None:
    """Serve the project while it is being edited, until interrupted.

    `log` gets one line about each event, with the problems found. Raises GeneratorError if the port is taken
    or another process serves this project.
    """
    watched = [project.content, project.templates, project.root / CONFIG]
    with _only_server_of(project) as work:
        before = stamps(watched)
        previewer = Previewer(project, options, Cache(project.cache), work)
        channel = StatusChannel(Status(_new_version()))
        session = _Session(previewer, channel, log, threading.Event())
        buildable = _preview_content(session, Workers())
        config, _ = read_config(project)
        with (
            serving(project.site, (config and config.url) or "", port, channel) as address,
            Builder(project, options, lambda outcome: _on_build_finished(session, outcome)) as builder,
        ):
            log(f"Serving {address} until Ctrl+C.", ())
            if buildable:
                _start(builder, session)
            for edited in changes(
                watched, before, wake=session.refine, on_failure=_each_once(session, "Edits are noticed late")
            ):
                if not edited:
                    _refine_preview(session)
                    continue
                builder.stop()
                if _preview_content(session, Workers.serial):
                    _start(builder, session)


@contextmanager
def _only_server_of(project: Project) -> Iterator[Path]:
    """Hold the project for one server, and yield a private folder for the templates of its previews.

    Two locks: a file in `build/`, which may be deleted at any time, and the project's folder itself, where
    the file system has locks of folders. Raises GeneratorError if there is another server.
    """
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(staging.lock(project.build, FOLDER))
            _lock_folder(project.root, stack)
        except (staging.BusyError, BlockingIOError) as error:
            raise GeneratorError("another papershelf serve shows this reading list already") from error
        yield stack.enter_context(staging.work_folder(folder))


def _lock_folder(folder: Path, stack: ExitStack) -> None:
    """Lock a folder until the stack is left; raises BlockingIOError if another process has locked it."""
    if sys.platform == "win32":  # which cannot remove a folder whose files are open
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        stack.callback(os.close, descriptor)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError:  # some network file systems lock no folders
        return


def _start(builder: Builder, session: _Session) -> None:
    try:
        builder.start()
    except OSError as error:
        _publish_failure(session, GeneratorError(f"the build cannot be started: {error.strerror}"))


def _each_once(session: _Session, what: str) -> Callable[[Exception], None]:
    """Log what follows from an error, unless the same error came before."""
    known: set[str] = set()

    def on_failure(error: Exception) -> None:
        if str(error) not in known:
            known.add(str(error))
            session.log(f"{what}: {error}", ())

    return on_failure


def _preview_content(session: _Session, workers: Workers) -> bool:
    """Publish a preview of the current content, or its problems; return whether it can be built."""
    start, last = time.monotonic(), session.channel.latest
    try:
        preview, problems = session.previewer.preview(last.preview, workers)
    except GeneratorError as error:
        _publish_failure(session, error)
        return False
    except OSError as error:
        _publish_failure(session, GeneratorError(f"{error.strerror}: {error.filename}: save again"))
        return False
    if preview is None:
        session.channel.publish(replace(last, problems=tuple(problems), failure=""))
        session.log(_LAST_GOOD_PAGES, problems)
        return False
    session.channel.publish(Status(_new_version(), preview, tuple(problems), index=last.index))
    new = [problem for problem in problems if problem not in last.problems]
    session.log(f"{len(preview.plan.outputs)} pages ready after {time.monotonic() - start:.2f} s.", new)
    return True


def _refine_preview(session: _Session) -> None:
    """Preview with what the build has computed, under the same version: open pages need no reload."""
    last = session.channel.latest
    with suppress(GeneratorError, OSError):  # caused by an edit just now, whose own preview reports it
        preview, _ = session.previewer.preview(last.preview, Workers.serial)
        if preview:
            session.channel.publish(replace(last, preview=preview))


def _on_build_finished(session: _Session, outcome: Outcome) -> None:
    """Publish the new search index of a background build, or the problems that only a build finds."""
    last = session.channel.latest
    if isinstance(outcome, GeneratorError):
        _publish_failure(session, outcome)
    elif outcome.failed:
        session.channel.publish(replace(last, problems=outcome.problems, failure=""))
        session.log(_LAST_GOOD_PAGES, outcome.problems)
    else:
        session.channel.publish(replace(last, index=last.index + 1))
        if last.preview and not last.preview.final:
            session.refine.set()
        session.log(_summary(outcome), ())


def _summary(report: Report) -> str:
    return f"Built: {report.papers} papers, {report.written} pages and files changed."


def _publish_failure(session: _Session, error: GeneratorError) -> None:
    session.channel.publish(replace(session.channel.latest, problems=(), failure=str(error)))
    session.log(f"{error}\n{_LAST_GOOD_PAGES}", ())


def _new_version() -> str:
    """A version that no page of this or an earlier server has."""
    return str(time.time_ns())
