"""Headers of a message: what they may hold, and that a finished message has no others.

Python's email package decodes encoded words (`=?utf-8?q?…?=`) in values that a program sets, and some
versions write the decoded line breaks as they are: a title could add headers and a body of its own.
"""

from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

LONGEST_LINE: Final = 998  # bytes, as RFC 5322 says


def header_text(text: str) -> str:
    """Text for the value of a header: printable, on one line, without encoded words."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.replace("=?", "= ?").split())


def header_names(message: bytes) -> list[str]:
    """The names of a message's headers in lower case, as a mail program reads them."""
    return [name.lower() for name in message_from_bytes(message)]


def survives_header(name: str, address: str) -> bool:
    """Whether an address with the name of its owner is read as it was written into a header."""
    email = EmailMessage(policy=SMTP)
    try:
        email["To"] = Address(name, addr_spec=address)
        written = email.as_bytes()
        (found,) = message_from_bytes(written, policy=SMTP)["To"].addresses
    except (ValueError, IndexError, MessageError):  # whichever the package raises for what it cannot parse
        return False
    short = all(len(line) <= LONGEST_LINE for line in written.splitlines())
    return short and header_names(written) == ["to"] and found.addr_spec == address
