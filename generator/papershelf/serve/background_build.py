"""The whole build, in a background process."""

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final

from papershelf import build
from papershelf.build import Report
from papershelf.core.problems import GeneratorError
from papershelf.core.project import Project
from papershelf.incremental import garbage
from papershelf.incremental.staging import BusyError
from papershelf.plan import BuildOptions

Outcome = Report | GeneratorError
OnFinished = Callable[[Outcome], None]

_AGAIN: Final = 0.5  # seconds between two attempts while somebody else builds
_NICE: Final = 10  # the server and the browser come first
_CONTEXT: Final = multiprocessing.get_context("spawn")  # a process with threads cannot fork safely


class Builder(contextlib.AbstractContextManager["Builder"]):
    """Builds the site of a project, one build at a time; `on_finished` is called with each outcome.

    Leaving the context ends the build that runs, and all processes that it started.
    """

    def __init__(self, project: Project, options: BuildOptions, on_finished: OnFinished) -> None:
        self._project = project
        self._options = options
        self._on_finished = on_finished
        self._running: tuple[SpawnProcess, threading.Thread] | None = None

    def start(self) -> None:
        """Build what is there now; a build that still runs is ended first.

        Raises OSError if the system lets no process be started.
        """
        self.stop()
        receiver, sender = _CONTEXT.Pipe(duplex=False)
        process = _CONTEXT.Process(
            target=_build, args=(self._project, self._options, sender), name="papershelf build"
        )
        process.start()
        sender.close()
        waiter = threading.Thread(target=self._wait, args=(process, receiver))
        waiter.start()
        self._running = process, waiter

    def stop(self) -> None:
        """End the build that runs, without an outcome. The published site stays as it is."""
        if self._running:
            process, waiter = self._running
            _kill(process)
            waiter.join()
            self._running = None

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _wait(self, process: SpawnProcess, receiver: Connection) -> None:
        with receiver:
            try:
                outcome = receiver.recv()
            except (EOFError, OSError):
                outcome = None
        process.join()
        if outcome is None and process.exitcode != -signal.SIGKILL:
            outcome = GeneratorError("the build broke off; the terminal shows why")
        if outcome is not None:
            self._on_finished(outcome)


def _kill(process: SpawnProcess) -> None:
    """A build may be killed at any moment; its renderer and its workers are in its group."""
    if process.pid and process.is_alive():
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:  # it has no group yet
            process.kill()


def _build(project: Project, options: BuildOptions, sender: Connection) -> None:
    os.setsid()
    os.nice(_NICE)
    garbage.never_collect()
    with sender:
        sender.send(_outcome(project, options))


def _outcome(project: Project, options: BuildOptions) -> Outcome:
    while True:
        try:
            return build.build(project, lambda _: None, options)
        except BusyError:
            time.sleep(_AGAIN)
        except GeneratorError as error:
            return error
