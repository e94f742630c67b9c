"""Open a file that somebody else may have put there: never wait for a pipe, never read a device."""

import os
import stat
from io import BufferedReader
from pathlib import Path
from typing import Final

_NO_WAITING: Final = getattr(os, "O_NONBLOCK", 0)
NO_LINK_NO_WAITING: Final = getattr(os, "O_NOFOLLOW", 0) | _NO_WAITING
"""Flags for opening a file that must be no link, without waiting for the other end of a pipe."""

_FLAGS: Final = os.O_RDONLY | _NO_WAITING | getattr(os, "O_BINARY", 0)


class NotRegularError(OSError):
    """A folder, a pipe, a socket or a device; `kind` says which, as `stat.S_IFMT` does."""

    def __init__(self, kind: int) -> None:
        super().__init__("it is no regular file")
        self.kind = kind
        self.strerror = "it is no regular file"


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file for reading; links are followed.

    Raises NotRegularError for anything else, and OSError if the operating system refuses.
    """
    _require_regular(path.stat())  # opening a device may already do something
    descriptor = os.open(path, _FLAGS)
    try:
        _require_regular(os.fstat(descriptor))
        return os.fdopen(descriptor, "rb")
    except OSError:
        os.close(descriptor)
        raise


def _require_regular(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise NotRegularError(stat.S_IFMT(status.st_mode))
