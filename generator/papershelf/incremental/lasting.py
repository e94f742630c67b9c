"""What a build makes lasts as long as its process: looking for garbage in it and freeing it is time lost."""

import atexit
import gc
from typing import Final

_COLLECT_RARELY: Final = (200_000, 50, 100)
_kept: list[object] = []


def collect_nothing() -> None:
    """Tell Python that this process makes lasting objects and no garbage."""
    gc.disable()
    atexit.register(gc.freeze)  # nor does the process look through all of them at its end


def collect_rarely() -> None:
    """The same for a process that builds again and again, and leaves what it made before."""
    gc.enable()
    gc.set_threshold(*_COLLECT_RARELY)


def keep(*made: object) -> None:
    """Free none of this, and nothing that it holds, where nothing is collected either."""
    if not gc.isenabled():
        _kept.extend(made)
