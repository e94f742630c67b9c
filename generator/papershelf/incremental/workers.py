"""Work on many things: on all cores where there are enough of them, in the same process if not."""

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import Any, Final, TypeVar

from papershelf.core.problems import GeneratorError

Item = TypeVar("Item")
Result = TypeVar("Result")

Task = Callable[[Sequence[Item]], list[Result]]

_SHARING: Final = sys.platform == "linux"
"""Whether a new process begins with all that this one holds, and by the same identities: by a fork.

Elsewhere that is not safe, and what it shall work on is pickled, which may take longer than the work.
"""

_PORTIONS_PER_CORE: Final = 4
_LESS: Final = 10  # how much less a process that works beside counts: all wait for the leading one
_given: list[tuple[Task[Any, Any], Sequence[Any]]] = []  # what a worker process holds from its start


def parallel_map(task: Task[Item, Result], items: Sequence[Item], *, min_parallel: int) -> list[Result]:
    """What `task` makes of the items; up to `alone` of them are not worth another process.

    The task is a function of a module, or a partial one, and gives one result for each item it gets.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(items) <= min_parallel or cores == 1:
        return task(items)
    size = -(-len(items) // (cores * _PORTIONS_PER_CORE))
    portions = [slice(start, start + size) for start in range(0, len(items), size)]
    with ProcessPoolExecutor(cores, _context(), _start, (task, items)) as pool:
        return [result for portion in pool.map(_portion, portions) for result in portion]


@contextmanager
def background(
    function: Callable[[Item], Result], given: Item, *, low_priority: bool = True
) -> Iterator[Callable[[], Result]]:
    """Have a function of a module called in another process; what it gives can be had when it is needed.

    `yielding` tells whether the other process lets this one go first: one that takes longer may not.
    Who leaves before that ends the other process. Raises GeneratorError if that ended by itself.
    """
    context = _context()
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(function, given, sender, low_priority), daemon=True)  # type: ignore[attr-defined]  # every context has it
    process.start()
    sender.close()

    @cache
    def result() -> Result:
        try:
            value, error = receiver.recv()
        except EOFError as end:
            raise GeneratorError("another process of this build was ended from outside") from end
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
    function: Callable[[Sequence[Item]], Result], items: Sequence[Item], *, min_parallel: int
) -> Iterator[Callable[[], Result]]:
    """`beside` where that saves time: not for up to `alone` items, and not where processes share nothing."""
    if len(items) <= min_parallel or not _SHARING:
        yield cache(partial(function, items))
        return
    with background(function, items) as result:
        yield result


def _answer(
    function: Callable[[Item], object],
    given: Item,
    sender: Connection,
    low_priority: bool,  # noqa: FBT001  no names in what a process is started with
) -> None:
    _end_with_parent()
    os.nice(_LESS * low_priority)
    try:
        sender.send((function(given), None))
    except GeneratorError as error:
        sender.send((None, error))


def _context() -> BaseContext:
    return multiprocessing.get_context("fork" if _SHARING else "spawn")


def _end_with_parent() -> None:
    """Have this process end with the one that started it, however that ends."""
    threading.Thread(target=_end_after, args=(multiprocessing.parent_process(),), daemon=True).start()


def _end_after(other: multiprocessing.process.BaseProcess) -> None:
    other.join()
    os._exit(1)


def _start(task: Task[Any, Any], items: Sequence[Any]) -> None:
    _end_with_parent()
    _given[:] = [(task, items)]


def _portion(portion: slice) -> list[Any]:
    task, items = _given[0]
    return task(items[portion])
