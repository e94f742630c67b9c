"""What is new, as a message, sent to everybody who wants it once."""

from generator.mailing.ledger import Ledger, opened
from generator.mailing.letter import letter
from generator.mailing.news import News, news
from generator.mailing.reading import read
from generator.mailing.sending import Delivery, deliver
from generator.mailing.settings import MailSettings, settings

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
