"""What is new, as a message, sent to everybody who wants it once."""

from papershelf.digest.email import letter
from papershelf.digest.news import News, news
from papershelf.digest.reading import read
from papershelf.digest.sent_log import Ledger, opened
from papershelf.digest.settings import MailSettings, settings
from papershelf.digest.smtp import Delivery, deliver

__all__ = [
    "Delivery",
    "Ledger",
    "MailSettings",
    "News",
    "deliver",
    "letter",
    "news",
    "opened",
    "read",
    "settings",
]
