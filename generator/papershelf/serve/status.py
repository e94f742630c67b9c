"""What browsers are told, and where they wait for it."""

import json
import threading
from dataclasses import dataclass
from typing import Final

from papershelf.core.problems import Problem
from papershelf.serve.preview import Preview

_SHOWN: Final = 50  # problems at most


@dataclass(frozen=True, slots=True)
class Notice:
    """How things stand.

    version: of the pages. proof: the pages, None if there never were any without a mistake in the content.
    problems: why newer pages are not shown. failure: likewise, where the environment is to blame.
    index: of the search, counted from 0.
    """

    version: str
    proof: Preview | None = None
    problems: tuple[Problem, ...] = ()
    failure: str = ""
    index: int = 0

    def as_json(self) -> str:
        """What a browser needs to know of it, in one line."""
        wrong = [each for each in self.problems if each.severity == "error"]
        rows = [{"at": str(each.at), "message": each.message, "hint": each.hint} for each in wrong[:_SHOWN]]
        failure = [{"at": "", "message": self.failure, "hint": ""}] if self.failure else []
        count = len(wrong) + len(failure)
        problems = [*rows, *failure]
        return json.dumps(
            {"version": self.version, "index": self.index, "count": count, "problems": problems}
        )


class Board:
    """Holds the latest notice. Some threads pin a new one, others wait for it."""

    def __init__(self, notice: Notice) -> None:
        self._latest = notice
        self._closed = False
        self._changed = threading.Condition()

    @property
    def latest(self) -> Notice:
        """The notice that holds now."""
        return self._latest

    @property
    def closed(self) -> bool:
        """Whether nothing new will come."""
        return self._closed

    def pin(self, notice: Notice) -> None:
        """Put up a new notice and wake who waits for one."""
        with self._changed:
            self._latest = notice
            self._changed.notify_all()

    def after(self, seen: Notice | None, timeout: float) -> Notice | None:
        """The latest notice, as soon as it is not the one that was seen; None after `timeout` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._latest is not seen, timeout)
            return None if self._latest is seen else self._latest

    def close(self) -> None:
        """Wake everybody for the last time."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
