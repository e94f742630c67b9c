"""The status of the preview, and the channel through which threads wait for a new one."""

import json
import threading
from dataclasses import dataclass
from typing import Final

from papershelf.core.problems import Problem
from papershelf.serve.preview import Preview

_MOST_PROBLEMS: Final = 50


@dataclass(frozen=True, slots=True)
class Status:
    """What browsers show.

    version: of the pages. preview: the pages, None until the content was free of errors once.
    problems: why there are no newer pages. failure: the same, if the environment is the reason.
    index: number of the search index, from 0.
    """

    version: str
    preview: Preview | None = None
    problems: tuple[Problem, ...] = ()
    failure: str = ""
    index: int = 0

    def as_json(self) -> str:
        """The part of it that a browser needs, on one line."""
        errors = [each for each in self.problems if each.severity == "error"]
        rows = [
            {"at": str(each.at), "message": each.message, "hint": each.hint}
            for each in errors[:_MOST_PROBLEMS]
        ]
        failure = [{"at": "", "message": self.failure, "hint": ""}] if self.failure else []
        count = len(errors) + len(failure)
        problems = [*rows, *failure]
        return json.dumps(
            {"version": self.version, "index": self.index, "count": count, "problems": problems}
        )


class StatusChannel:
    """Holds the latest status: some threads publish a new one, others wait for it."""

    def __init__(self, status: Status) -> None:
        self._latest = status
        self._closed = False
        self._changed = threading.Condition()

    @property
    def latest(self) -> Status:
        """The status published last."""
        return self._latest

    @property
    def closed(self) -> bool:
        """Whether waiting has become pointless."""
        return self._closed

    def publish(self, status: Status) -> None:
        """Replace the status and wake the threads that wait for a new one."""
        with self._changed:
            self._latest = status
            self._changed.notify_all()

    def wait_for_change(self, seen: Status | None, timeout: float) -> Status | None:
        """The latest status, as soon as it differs from `seen`; None after `timeout` seconds or if closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._latest is not seen, timeout)
            return None if self._latest is seen else self._latest

    def close(self) -> None:
        """Wake all waiting threads for the last time."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
