"""A connection to a mail server that ends at a deadline, however slowly the server answers."""

import io
import smtplib
import socket
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from papershelf.digest.settings import MailSettings

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_TIMEOUT: Final = 30.0  # seconds that one read or write may take


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the clock of `time.monotonic`."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """The moment in so many seconds."""
        return cls(time.monotonic() + seconds)

    @property
    def passed(self) -> bool:
        """Whether it is over."""
        return time.monotonic() >= self.at

    def timeout(self) -> float:
        """Seconds that a read or a write may take; raises TimeoutError once the deadline has passed."""
        remaining = self.at - time.monotonic()
        if remaining <= 0:
            raise TimeoutError("the deadline has passed")
        return min(remaining, _TIMEOUT)


class _Answers(io.RawIOBase):
    """What a socket receives until the deadline; smtplib's own limit begins anew with every byte."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._connection = connection
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        self._connection.settimeout(self._deadline.timeout())
        return self._connection.recv_into(buffer)


class _Connection(smtplib.SMTP):
    def __init__(self, settings: MailSettings, deadline: Deadline, **options: ssl.SSLContext) -> None:
        self._deadline = deadline
        super().__init__(settings.host, settings.port, timeout=deadline.timeout(), **options)  # type: ignore[arg-type]  # `context` of SMTP_SSL

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock:
            self.file = io.BufferedReader(_Answers(self.sock, self._deadline))
        return super().getreply()

    def send(self, s: "bytes | str") -> None:  # type: ignore[override]  # the stubs allow any buffer
        if self.sock:
            self.sock.settimeout(self._deadline.timeout())
        super().send(s)


class _TlsConnection(_Connection, smtplib.SMTP_SSL):
    pass


def connect(settings: MailSettings, deadline: Deadline) -> smtplib.SMTP:
    """Connect, with TLS and login as in the settings.

    Whatever is done with the connection raises an OSError soon after the deadline.
    """
    context = ssl.create_default_context()
    if settings.tls == "implicit":
        server: smtplib.SMTP = _TlsConnection(settings, deadline, context=context)
    else:
        server = _Connection(settings, deadline)
    try:
        if settings.tls == "starttls":
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if settings.user:
            server.login(settings.user, settings.password.get_secret_value())
    except OSError:
        server.close()
        raise
    except ValueError as error:  # smtplib's, if a challenge of the login is no base64
        server.close()
        raise smtplib.SMTPException from error
    return server
