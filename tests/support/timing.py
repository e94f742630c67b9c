"""Bounds on computation that hold on a busy machine."""

import contextlib
import gc
import os
from collections.abc import Iterator


@contextlib.contextmanager
def processor_seconds(bound: float) -> Iterator[None]:
    """Fail if the block uses `bound` seconds of processor time or more, with the children that it waited for.

    The objects that earlier tests left are frozen meanwhile: collecting garbage takes no time for them.
    """
    gc.collect()
    gc.freeze()
    start = _processor_time()
    try:
        yield
        used = _processor_time() - start
    finally:
        gc.unfreeze()
    assert used < bound, f"{used:.1f} seconds of processor time, not under {bound}"


def _processor_time() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
