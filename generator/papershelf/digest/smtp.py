"""Messages over SMTP: one for each recipient, again after a while where that can do no harm."""

import contextlib
import smtplib
import ssl
from dataclasses import dataclass
from typing import Final, Literal

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from papershelf.digest.sent_log import Ledger
from papershelf.digest.settings import MailSettings

_TRIES: Final = 4
_TIMEOUT: Final = 30
_YES: Final = range(200, 300)
_PERMANENT: Final = 500

Outcome = Literal["sent", "already sent", "may have arrived", "not sent"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message; `why` is "" where it was sent, and names no address."""

    outcome: Outcome
    why: str = ""


class _TryAgainError(Exception):
    """The server or the way to it failed for now, and nothing was accepted."""


class _RefusedError(Exception):
    """The server will not take the message, now or later."""


class _UnknownError(Exception):
    """The message was handed over, and nobody said what became of it."""


def deliver(  # noqa: PLR0913  what, to whom, how, and how long to wait
    digest: str,
    recipient: str,
    message: bytes,
    settings: MailSettings,
    ledger: Ledger,
    *,
    patience: float = 2.0,
) -> Delivery:
    """Send a digest to one address, unless it was sent or may have been.

    digest: what the ledger knows it by. patience: the first wait before another try, in seconds.
    """
    known = ledger.state(digest, recipient)
    if known == "sent":
        return Delivery("already sent")
    if known == "trying":
        return Delivery("may have arrived", "an earlier try broke off")
    again = Retrying(
        stop=stop_after_attempt(_TRIES),
        wait=wait_exponential(multiplier=patience),
        retry=retry_if_exception_type(_TryAgainError),
        reraise=True,
    )
    try:
        again(_hand_over, digest, recipient, message, settings, ledger)
    except (_TryAgainError, _RefusedError) as error:
        return Delivery("not sent", str(error))
    except _UnknownError as error:
        return Delivery("may have arrived", str(error))
    return Delivery("sent")


def _hand_over(digest: str, recipient: str, message: bytes, settings: MailSettings, ledger: Ledger) -> None:
    try:
        with contextlib.closing(_connected(settings)) as server:
            _accepted(*server.mail(settings.sender.addr_spec))
            _accepted(*server.rcpt(recipient))
            ledger.record(digest, recipient, "trying")
            _send(server, message)
            ledger.record(digest, recipient, "sent")
            with contextlib.suppress(OSError):
                server.quit()
    except (_TryAgainError, _RefusedError):
        if ledger.state(digest, recipient) == "trying":
            ledger.record(digest, recipient, "refused")
        raise
    except ssl.SSLCertVerificationError as error:
        raise _RefusedError("the server's certificate is not valid") from error
    except smtplib.SMTPNotSupportedError as error:
        raise _RefusedError("the server does not offer what the settings ask for") from error
    except smtplib.SMTPResponseException as error:
        raise _complaint(error.smtp_code) from error
    except OSError as error:
        raise _TryAgainError(f"no connection ({type(error).__name__})") from error


def _connected(settings: MailSettings) -> smtplib.SMTP:
    """A connection with TLS and login as they are set."""
    context = ssl.create_default_context()
    if settings.tls == "implicit":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.host, settings.port, timeout=_TIMEOUT, context=context
        )
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=_TIMEOUT)
    try:
        if settings.tls == "starttls":
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if settings.user:
            server.login(settings.user, settings.password.get_secret_value())
    except OSError:
        server.close()
        raise
    return server


def _send(server: smtplib.SMTP, message: bytes) -> None:
    """Hand the message over; whatever breaks off from here on may have arrived."""
    try:
        _accepted(*server.data(message))
    except smtplib.SMTPDataError as error:
        raise _complaint(error.smtp_code) from error
    except OSError as error:
        raise _UnknownError(f"the connection broke off ({type(error).__name__})") from error


def _accepted(code: int, _: bytes) -> None:
    """Nothing if the server says yes."""
    if code not in _YES:
        raise _complaint(code)


def _complaint(code: int) -> _TryAgainError | _RefusedError:
    """What a server's no means; its words are not passed on, as they may name addresses."""
    if code >= _PERMANENT:
        return _RefusedError(f"the server refused with {code}")
    return _TryAgainError(f"the server was not ready: {code}")
