"""Mail servers on this computer, and what is needed to send to them."""

import contextlib
import socket
import threading
from asyncio import Transport
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Final

from aiosmtpd.smtp import SMTP, Envelope, Session

from papershelf.digest import Delivery, MailSettings, Patience, deliver, mail_settings, open_sent_log

Serve = Callable[..., MailSettings]
KEY: Final = bytes(range(32))
MESSAGE: Final = b"Subject: x\r\n\r\nbody\r\n"
LOGIN: Final = {"USER": "shelf", "PASSWORD": "s3cret"}
_PACE: Final = 0.02  # seconds between two pieces of an answer
_MOST_PIECES: Final = 500


class Handler:
    """A mail server that keeps what it accepts; it drops the connection at `drop`, `times` times."""

    def __init__(
        self, drop: str = "", times: int = 0, answers: Mapping[str, list[str]] | None = None
    ) -> None:
        self.accepted: list[Envelope] = []
        self.drop, self.times, self.answers = drop, times, answers or {}
        self.seen = 0

    def answer(self, command: str, server: SMTP) -> str:
        if command == self.drop and self.times:
            self.times -= 1
            assert isinstance(server.transport, Transport)
            server.transport.abort()
        waiting = self.answers.get(command, [])
        return waiting.pop(0) if waiting else "250 OK"

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.answer("RCPT", server)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        self.seen += 1
        answer = self.answer("DATA", server)
        if answer.startswith("250"):
            self.accepted.append(envelope)
        return answer


class Scripted:
    """A mail server that gives one answer after the other, the last one in `drips` pieces without end.

    `asked` holds the lines that it received.
    """

    def __init__(self, *answers: str, drips: str = "") -> None:
        self.answers, self.drips = answers, drips
        self.asked: list[str] = []
        self.connections = 0
        self._stopped = threading.Event()

    @contextlib.contextmanager
    def running(self) -> Iterator[int]:
        """Serve on the port that is yielded."""
        with socket.create_server(("127.0.0.1", 0)) as listening:
            thread = threading.Thread(target=self._serve, args=(listening,))
            thread.start()
            try:
                yield listening.getsockname()[1]
            finally:
                self._stopped.set()
                listening.shutdown(socket.SHUT_RDWR)
                thread.join()

    def _serve(self, listening: socket.socket) -> None:
        while not self._stopped.is_set():
            with contextlib.suppress(OSError):
                connection, _ = listening.accept()
                self.connections += 1
                with connection:
                    self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        lines = connection.makefile("rb")
        for number, answer in enumerate(self.answers):
            connection.sendall(f"{answer}\r\n".encode())
            if self.drips or number < len(self.answers) - 1:
                self._listen(lines, in_data=answer.startswith("354"))
        for _ in range(_MOST_PIECES if self.drips else 0):
            if self._stopped.wait(_PACE):
                return
            connection.sendall(self.drips.encode())

    def _listen(self, lines: IO[bytes], *, in_data: bool) -> None:
        while received := lines.readline():
            line = received.decode().rstrip("\r\n")
            self.asked.append(line)
            if not in_data or line == ".":
                return


def settings(**changes: str) -> MailSettings:
    given = {
        "HOST": "127.0.0.1",
        "TLS": "none",
        "FROM": "The Shelf <shelf@example.org>",
        "TO": "ada@example.org",
    }
    return mail_settings({f"PAPERSHELF_SMTP_{name}": value for name, value in (given | changes).items()})


def send(
    to: MailSettings, ledger: Path, digest_id: str = "d1", *, key: bytes = KEY, limit: float = 60.0
) -> list[Delivery]:
    with open_sent_log(ledger, key, digest_id) as log:
        return [deliver(each, MESSAGE, to, log, Patience(limit, first_wait=0.01)) for each in to.recipients]
