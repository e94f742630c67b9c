"""Processes that share the work: many items on all cores, or one function in the background."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import Any, ClassVar, Final, TypeVar

from papershelf.core.problems import GeneratorError

Item = TypeVar("Item")
Result = TypeVar("Result")

Task = Callable[[Sequence[Item]], list[Result]]

CAN_FORK: Final = sys.platform == "linux"
"""Whether a new process starts as a fork, with all objects of this one under the same identities.

Elsewhere forking is not safe: what a process works on is pickled, which may take longer than the work.
"""

_BROKE_OFF: Final = "another process of this build broke off, or was ended from outside"
_CHUNKS_PER_CORE: Final = 4
_NICENESS: Final = 10
"""nice() increment of processes with low priority, so that the main process gets the CPU first."""

_inherited: list[tuple[Task[Any, Any], Sequence[Any]]] = []  # what a pool's process holds from its start


@dataclass(frozen=True, slots=True)
class Workers:
    """How many processes may work at once, this one included; `Workers.serial` uses no other process."""

    processes: int = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    serial: ClassVar["Workers"]

    def parallel_map(
        self, task: Task[Item, Result], items: Sequence[Item], *, min_parallel: int
    ) -> list[Result]:
        """What `task` makes of the items, in their order; up to `min_parallel` of them are done right here.

        Raises GeneratorError if a process was ended from outside.

        The task is a function of a module, or a partial one, and returns one result for each item it gets.
        """
        if len(items) <= min_parallel or self.processes == 1:
            return task(items)
        size = -(-len(items) // (self.processes * _CHUNKS_PER_CORE))
        chunks = [slice(start, start + size) for start in range(0, len(items), size)]
        others = {*multiprocessing.active_children()}
        with ProcessPoolExecutor(self.processes, _context(), _start, (task, items)) as pool:
            try:
                return [result for chunk in pool.map(_run_chunk, chunks) for result in chunk]
            except BrokenProcessPool as error:
                raise GeneratorError(_BROKE_OFF) from error
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                for process in {*multiprocessing.active_children()} - others:
                    process.kill()
                raise

    @contextmanager
    def background(
        self, function: Callable[[Item], Result], argument: Item, *, low_priority: bool = True
    ) -> Iterator[Callable[[], Result]]:
        """Call a function of a module in another process, and yield a function that waits for its result.

        A process with `low_priority` lets this one go first. Leaving the context ends the process.
        The yielded function raises GeneratorError if the process was ended from outside.
        """
        if self.processes == 1:
            yield cache(partial(function, argument))
            return
        context = _context()
        receiver, sender = context.Pipe(duplex=False)
        niceness = _NICENESS if low_priority else 0
        process = context.Process(target=_answer, args=(function, argument, sender, niceness), daemon=True)  # type: ignore[attr-defined]  # every context has it
        process.start()
        sender.close()

        @cache
        def result() -> Result:
            try:
                value, error = receiver.recv()
            except EOFError as end:
                raise GeneratorError(_BROKE_OFF) from end
            if error:
                raise error
            return value  # type: ignore[no-any-return]  # what went in at the other end

        try:
            yield result
        finally:
            process.kill()
            process.join()
            receiver.close()

    @contextmanager
    def background_if_large(
        self, function: Callable[[Sequence[Item]], Result], items: Sequence[Item], *, min_parallel: int
    ) -> Iterator[Callable[[], Result]]:
        """`background` where it saves time: for more than `min_parallel` items, where a process can fork."""
        if len(items) <= min_parallel or not CAN_FORK:
            yield cache(partial(function, items))
            return
        with self.background(function, items) as result:
            yield result


Workers.serial = Workers(1)


def _answer(function: Callable[[Item], object], argument: Item, sender: Connection, niceness: int) -> None:
    _end_with_parent()
    os.nice(niceness)
    try:
        sender.send((function(argument), None))
    except GeneratorError as error:
        sender.send((None, error))


def _context() -> BaseContext:
    return multiprocessing.get_context("fork" if CAN_FORK else "spawn")


def _end_with_parent() -> None:
    """Have this process end with the one that started it, however that ends.

    A signal from the terminal reaches both; what it means is for the one that started this.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_after, args=(multiprocessing.parent_process(),), daemon=True).start()


def _end_after(other: multiprocessing.process.BaseProcess) -> None:
    other.join()
    os._exit(1)


def _start(task: Task[Any, Any], items: Sequence[Any]) -> None:
    _end_with_parent()
    _inherited[:] = [(task, items)]


def _run_chunk(chunk: slice) -> list[Any]:
    task, items = _inherited[0]
    return task(items[chunk])
