"""When Python looks for garbage: a build makes objects that last as long as its process."""

import atexit
import gc
from typing import Final

_RARELY: Final = (200_000, 50, 100)
_kept: list[object] = []


def never_collect() -> None:
    """Switch the collector off, in a process that makes lasting objects and little garbage."""
    gc.disable()
    atexit.register(gc.freeze)  # so that the interpreter does not look through all objects at its end


def collect_rarely() -> None:
    """Collect at high thresholds, in a process that builds again and again and drops what it made before."""
    gc.enable()
    gc.set_threshold(*_RARELY)


def keep(*values: object) -> None:
    """Hold values until the process ends where nothing is collected: freeing them would only take time."""
    if not gc.isenabled():
        _kept.extend(values)
