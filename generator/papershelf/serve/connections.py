"""The connections that are open: a limited number, of which none waits for its request without end."""

import contextlib
import socket
import threading
import time
from dataclasses import dataclass
from typing import Final

_ENDING: Final = 3.0  # seconds that the thread of an ended connection may take to notice it


@dataclass(frozen=True, slots=True)
class Limits:
    """How many connections are open at once, and how many seconds each waits for a whole request.

    A read or a write may take as long.
    """

    connections: int = 64
    idle: float = 30.0


class Connections:
    """The open connections in the order of their last requests; each is served by a thread of its own."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._free = threading.BoundedSemaphore(limits.connections)
        self._lock = threading.Lock()
        self._waiting_since: dict[socket.socket, float | None] = {}  # None while a request is answered
        self._ended: set[socket.socket] = set()

    def add(self, connection: socket.socket) -> bool:
        """Take in a connection, in place of the one unused for longest if there are too many.

        Returns False if there is no room even so.
        """
        if not self._free.acquire(blocking=False):
            self.end_oldest()
            if not self._free.acquire(timeout=_ENDING):
                return False
        self.begin_waiting(connection)
        return True

    def remove(self, connection: socket.socket) -> None:
        """Forget a connection that is about to be closed."""
        with self._lock:
            known = connection in self._waiting_since or connection in self._ended
            self._waiting_since.pop(connection, None)
            self._ended.discard(connection)
        if known:
            self._free.release()

    def begin_waiting(self, connection: socket.socket) -> None:
        """Note that the connection waits for a request from now on."""
        self._note(connection, time.monotonic())

    def begin_answering(self, connection: socket.socket) -> None:
        """Note that the connection has received its request."""
        self._note(connection, None)

    def end_idle(self) -> None:
        """End the connections that have waited too long for their request."""
        latest = time.monotonic() - self._limits.idle
        with self._lock:
            for connection, since in [*self._waiting_since.items()]:
                if since is not None and since <= latest:
                    self._end(connection)

    def end_oldest(self) -> None:
        """End the connection whose last request is the oldest; browsers open another when they need it."""
        with self._lock:
            if oldest := next(iter(self._waiting_since), None):
                self._end(oldest)

    def _note(self, connection: socket.socket, since: float | None) -> None:
        with self._lock:
            if connection not in self._ended:
                self._waiting_since.pop(connection, None)
                self._waiting_since[connection] = since

    def _end(self, connection: socket.socket) -> None:
        """Let the connection's thread read the end, or fail to write: it closes the connection then."""
        del self._waiting_since[connection]
        self._ended.add(connection)
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
