"""After a save: read the content, show the pages at once, and let the whole build follow behind."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Final

from papershelf.build import Report
from papershelf.content.reader import read_config
from papershelf.core.problems import GeneratorError, Problem
from papershelf.core.project import CONFIG, Project
from papershelf.incremental import staging
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.serve.background_build import Builder, Outcome
from papershelf.serve.preview import FOLDER, Previewer
from papershelf.serve.server import serving
from papershelf.serve.status import Board, Notice
from papershelf.serve.watch import changes, stamps

Say = Callable[[str, Sequence[Problem]], None]

_STILL: Final = "The last good pages are shown."


@dataclass(frozen=True, slots=True)
class _Show:
    """Where pages come from, where they are announced, and who is told."""

    previewer: Previewer
    board: Board
    say: Say
    again: threading.Event  # set when there is more to be seen than at the last look


def live(project: Project, port: int, say: Say) -> None:
    """Serve the project as it is being edited, until interrupted.

    `say` hears what happened, in one line, with the problems that were found. Raises GeneratorError if the
    port is taken or another one serves this project.
    """
    watched = [project.content, project.templates, project.root / CONFIG]
    with _alone(project):
        before = stamps(watched)
        show = _Show(
            Previewer(project, Cache(project.cache)), Board(Notice(_version())), say, threading.Event()
        )
        good = _look(show, Workers())
        config, _ = read_config(project)
        with (
            serving(project.site, (config and config.url) or "", port, show.board) as address,
            Builder(project, lambda outcome: _built(show, outcome)) as builder,
        ):
            say(f"Serving {address} until Ctrl+C.", ())
            if good:
                builder.start()
            for edited in changes(watched, before, wake=show.again):
                if not edited:
                    _refine(show)
                    continue
                builder.stop()
                if _look(show, Workers.serial):
                    builder.start()


@contextmanager
def _alone(project: Project) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(staging.lock(project.build / FOLDER))
        except staging.BusyError as error:
            raise GeneratorError("another papershelf serve shows this reading list already") from error
        yield


def _look(show: _Show, workers: Workers) -> bool:
    """Show the content as it is now, or what is wrong with it; tells whether it can be built."""
    start, last = time.monotonic(), show.board.latest
    try:
        proof, problems = show.previewer.preview(last.proof, workers)
    except GeneratorError as error:
        _fail(show, error)
        return False
    if proof is None:
        show.board.pin(replace(last, problems=tuple(problems), failure=""))
        show.say(_STILL, problems)
        return False
    show.board.pin(Notice(_version(), proof, tuple(problems), index=last.index))
    new = [problem for problem in problems if problem not in last.problems]
    show.say(f"{len(proof.plan.outputs)} pages ready after {time.monotonic() - start:.2f} s.", new)
    return True


def _refine(show: _Show) -> None:
    """Print from now on what the build found out; a page that is open need not be loaded again for it."""
    last = show.board.latest
    with suppress(GeneratorError):  # from an edit in this moment, which the next look is about
        proof, _ = show.previewer.preview(last.proof, Workers.serial)
        if proof:
            show.board.pin(replace(last, proof=proof))


def _built(show: _Show, outcome: Outcome) -> None:
    """What the build behind came to: a new index for the search, or problems that only it could find."""
    last = show.board.latest
    if isinstance(outcome, GeneratorError):
        _fail(show, outcome)
    elif outcome.failed:
        show.board.pin(replace(last, problems=outcome.problems, failure=""))
        show.say(_STILL, outcome.problems)
    else:
        show.board.pin(replace(last, index=last.index + 1))
        if last.proof and not last.proof.final:
            show.again.set()
        show.say(_came_to(outcome), ())


def _came_to(report: Report) -> str:
    return f"Built: {report.papers} papers, {report.written} pages and files changed."


def _fail(show: _Show, error: GeneratorError) -> None:
    show.board.pin(replace(show.board.latest, problems=(), failure=str(error)))
    show.say(f"{error}\n{_STILL}", ())


def _version() -> str:
    """No page that an earlier server gave out has the same."""
    return str(time.time_ns())
