"""Send messages over SMTP, one for each recipient, with retries where the message cannot have arrived yet."""

import contextlib
import smtplib
import ssl
from dataclasses import dataclass
from typing import Final, Literal

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from papershelf.digest.sent_log import SentLog
from papershelf.digest.settings import MailSettings

_ATTEMPTS: Final = 4
_TIMEOUT: Final = 30  # seconds
_SUCCESS: Final = range(200, 300)
_PERMANENT_FROM: Final = 500

DeliveryOutcome = Literal["sent", "already sent", "may have arrived", "not sent"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """The outcome for one message; `why` is "" if it was sent, and contains no address."""

    outcome: DeliveryOutcome
    why: str = ""


class _TemporaryError(Exception):
    """The server or the connection failed for now, and the message was not accepted."""


class _PermanentError(Exception):
    """The server will not accept the message, now or later."""


class _UnansweredError(Exception):
    """The message was handed over, and the server did not answer."""


def deliver(
    recipient: str, message: bytes, settings: MailSettings, log: SentLog, *, first_wait: float = 2.0
) -> Delivery:
    """Send the digest of `log` to one address, unless it was sent or may have arrived.

    `first_wait`: seconds before the first retry; each further wait is twice as long.
    """
    known = log.state(recipient)
    if known == "sent":
        return Delivery("already sent")
    if known == "trying":
        return Delivery("may have arrived", "an earlier try broke off")
    retrying = Retrying(
        stop=stop_after_attempt(_ATTEMPTS),
        wait=wait_exponential(multiplier=first_wait),
        retry=retry_if_exception_type(_TemporaryError),
        reraise=True,
    )
    try:
        retrying(_attempt, recipient, message, settings, log)
    except (_TemporaryError, _PermanentError) as error:
        return Delivery("not sent", str(error))
    except _UnansweredError as error:
        return Delivery("may have arrived", str(error))
    return Delivery("sent")


def _attempt(recipient: str, message: bytes, settings: MailSettings, log: SentLog) -> None:
    try:
        with contextlib.closing(_connect(settings)) as server:
            _require_success(*server.mail(settings.sender.addr_spec))
            _require_success(*server.rcpt(recipient))
            log.record(recipient, "trying")
            _send_data(server, message)
            log.record(recipient, "sent")
            with contextlib.suppress(OSError):
                server.quit()
    except (_TemporaryError, _PermanentError):
        if log.state(recipient) == "trying":
            log.record(recipient, "refused")
        raise
    except ssl.SSLCertVerificationError as error:
        raise _PermanentError("the server's certificate is not valid") from error
    except smtplib.SMTPNotSupportedError as error:
        raise _PermanentError("the server does not offer what the settings ask for") from error
    except smtplib.SMTPResponseException as error:
        raise _error_for(error.smtp_code) from error
    except OSError as error:
        raise _TemporaryError(f"no connection ({type(error).__name__})") from error


def _connect(settings: MailSettings) -> smtplib.SMTP:
    """Connect, with TLS and login as in the settings."""
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


def _send_data(server: smtplib.SMTP, message: bytes) -> None:
    """Hand the message over; if the connection breaks from here on, the message may have arrived."""
    try:
        _require_success(*server.data(message))
    except smtplib.SMTPDataError as error:
        raise _error_for(error.smtp_code) from error
    except OSError as error:
        raise _UnansweredError(f"the connection broke off ({type(error).__name__})") from error


def _require_success(code: int, _: bytes) -> None:
    """Raise the error for an answer that is not a success."""
    if code not in _SUCCESS:
        raise _error_for(code)


def _error_for(code: int) -> _TemporaryError | _PermanentError:
    """The error for an SMTP code; the server's text is left out, as it may contain addresses."""
    if code >= _PERMANENT_FROM:
        return _PermanentError(f"the server refused with {code}")
    return _TemporaryError(f"the server was not ready: {code}")
