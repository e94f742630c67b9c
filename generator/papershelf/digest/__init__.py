"""What is new, as an e-mail message that reaches each recipient once."""

from papershelf.digest.email import message
from papershelf.digest.news import Digest, make_digest
from papershelf.digest.sent_log import SentLog, open_sent_log
from papershelf.digest.settings import MailSettings, ledger_key, mail_settings
from papershelf.digest.site_context import load_site_context
from papershelf.digest.smtp import Delivery, Patience, deliver

__all__ = [
    "Delivery",
    "Digest",
    "MailSettings",
    "Patience",
    "SentLog",
    "deliver",
    "ledger_key",
    "load_site_context",
    "mail_settings",
    "make_digest",
    "message",
    "open_sent_log",
]
