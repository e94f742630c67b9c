"""Send messages over SMTP, one for each recipient, with retries where the message cannot have arrived yet."""

import contextlib
import smtplib
import ssl
from dataclasses import dataclass
from typing import Final, Literal

from tenacity import (
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_any,
    stop_before_delay,
    wait_exponential,
)

from papershelf.digest.connection import Deadline, connect
from papershelf.digest.sent_log import SentLog
from papershelf.digest.settings import MailSettings

_ATTEMPTS: Final = 4
_SUCCESS: Final = range(200, 300)
_FAILURE: Final = range(400, 600)
_PERMANENT_FROM: Final = 500

DeliveryOutcome = Literal["sent", "already sent", "may have arrived", "not sent"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """The outcome for one message; `why` is "" if it was sent, and contains no address."""

    outcome: DeliveryOutcome
    why: str = ""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds all attempts for one message may take together, and the wait before the first retry.

    Each further wait is twice as long.
    """

    limit: float = 120.0
    first_wait: float = 2.0


class _TemporaryError(Exception):
    """The server or the connection failed for now, and the message was not accepted."""


class _PermanentError(Exception):
    """The server will not accept the message, now or later."""


class _UnansweredError(Exception):
    """The message was handed over, and the server did not answer."""


def deliver(
    recipient: str,
    message: bytes,
    settings: MailSettings,
    log: SentLog,
    patience: Patience = Patience(),
) -> Delivery:
    """Send the digest of `log` to one address, unless it was sent or may have arrived.

    Raises GeneratorError if the log cannot be written.
    """
    deadline = Deadline.after(patience.limit)
    retrying = Retrying(
        stop=stop_any(stop_after_attempt(_ATTEMPTS), stop_before_delay(patience.limit)),
        wait=wait_exponential(multiplier=patience.first_wait),
        retry=retry_if_exception_type(_TemporaryError),
        reraise=True,
    )
    try:
        return retrying(_attempt, recipient, message, settings, log, deadline)
    except (_TemporaryError, _PermanentError) as error:
        return Delivery("not sent", str(error))
    except _UnansweredError as error:
        return Delivery("may have arrived", str(error))


def _attempt(
    recipient: str, message: bytes, settings: MailSettings, log: SentLog, deadline: Deadline
) -> Delivery:
    known = log.state(recipient)
    if known == "sent":
        return Delivery("already sent")
    if known == "trying":
        return Delivery("may have arrived", "an earlier try broke off")
    try:
        _converse(recipient, message, settings, log, deadline)
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
    except OSError as error:  # of the connection: those of the log are GeneratorErrors
        raise _TemporaryError(f"no connection ({_reason(error, deadline)})") from error
    return Delivery("sent")


def _converse(
    recipient: str, message: bytes, settings: MailSettings, log: SentLog, deadline: Deadline
) -> None:
    with contextlib.closing(connect(settings, deadline)) as server:
        _require_success(*server.mail(settings.sender.addr_spec))
        _require_success(*server.rcpt(recipient))
        log.record(recipient, "trying")
        _send_data(server, message, deadline)
        log.record(recipient, "sent")
        with contextlib.suppress(OSError):
            server.quit()


def _send_data(server: smtplib.SMTP, message: bytes, deadline: Deadline) -> None:
    """Hand the message over; if no clear answer comes from here on, the message may have arrived."""
    try:
        code, _ = server.data(message)
    except smtplib.SMTPDataError as error:
        raise _error_for(error.smtp_code) from error
    except OSError as error:
        raise _UnansweredError(f"the connection broke off ({_reason(error, deadline)})") from error
    if code not in _SUCCESS and code not in _FAILURE:
        raise _UnansweredError("the server's answer is no answer of a mail server")
    _require_success(code, b"")


def _reason(error: OSError, deadline: Deadline) -> str:
    """Why a connection failed; its own text is left out, as it may contain addresses."""
    return "the server took too long" if deadline.passed else type(error).__name__


def _require_success(code: int, _: bytes) -> None:
    """Raise the error for an answer that is not a success."""
    if code not in _SUCCESS:
        raise _error_for(code)


def _error_for(code: int) -> _TemporaryError | _PermanentError:
    """The error for an SMTP code; the server's text is left out, as it may contain addresses."""
    if code >= _PERMANENT_FROM:
        return _PermanentError(f"the server refused with {code}")
    return _TemporaryError(f"the server was not ready: {code}")
