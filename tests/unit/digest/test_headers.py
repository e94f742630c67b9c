"""A message has the headers that are set, whatever the titles and names in it hold."""

import email
import re
from base64 import b64encode
from datetime import UTC, date, datetime
from email.policy import compat32, default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.core.problems import GeneratorError
from papershelf.digest import Digest, make_digest, message
from papershelf.render import templates
from papershelf.views.context import SiteContext
from support import fabricated
from support.fabricated import CONFIG
from support.mail import settings
from support.project import ROOT

WORDS = templates.load_words(ROOT / "templates")
HEADERS = ["Subject", "Date", "Message-ID", "From", "To", "MIME-Version", "Content-Type"]
BREAK = "=0d=0aReply-To:_eve@example.org=0d=0a=0d=0aAnother_body"
BASE64 = b64encode(b"x\r\nReply-To: eve@example.org\r\n\r\nbody").decode()


def digest_of(title: str) -> Digest:
    context = SiteContext(fabricated.library(), CONFIG.model_copy(update={"title": title}), WORDS)
    found = make_digest(context, date(1900, 1, 1))
    assert found
    return found


def written(title: str, name: str) -> bytes:
    there = settings(FROM=f'"{name}" <shelf@example.org>')
    now = datetime(2025, 3, 10, tzinfo=UTC)
    return message(digest_of(title), there.sender, "ada@example.org", "n1", now)


def header_names_of(content: bytes) -> set[tuple[str, ...]]:
    """As each policy reads them."""
    return {tuple(email.message_from_bytes(content, policy=policy).keys()) for policy in (default, compat32)}


@pytest.mark.parametrize(
    "hostile",
    [
        f"=?utf-8?q?x{BREAK}?=",
        f"Tea =?utf-8?Q?x{BREAK}?= and more",
        f"=?utf-8?b?{BASE64}?=",
        f"=?iso-8859-1*en?q?x{BREAK}?=",
        f"=?utf-8?q?a?= =?utf-8?q?x{BREAK}?=",
        f"é =?utf-8?q?x{BREAK}?= é",
        f"=\u200b?utf-8?q?x{BREAK}?=",
        f"=\x00?utf-8?q?x{BREAK}?=",
        f"==?utf-8?q?x{BREAK}?=",
        "x\r\nReply-To: eve@example.org\r\n\r\nbody",
        "x\x85Reply-To: eve@example.org",
        "\x1b[2J\x07",
    ],
)
def test_a_title_with_an_encoded_word_adds_no_header(hostile: str) -> None:
    content = written(hostile, "The Shelf")
    assert header_names_of(content) == {tuple(HEADERS)}
    assert not re.search(rb"(?mi)^reply-to", content.partition(b"\r\n\r\n")[0])


@pytest.mark.parametrize("hostile", [f"=?utf-8?q?x{BREAK}?=", f"=?utf-8?b?{BASE64}?=", "=?utf-8?q?x?= y"])
def test_a_sender_with_an_encoded_word_adds_no_header(hostile: str) -> None:
    assert header_names_of(written("The Shelf", hostile)) == {tuple(HEADERS)}


@pytest.mark.parametrize("odd", [f"Tea =?utf-8?Q?x{BREAK}?= and more", f"=?iso-8859-1*en?q?x{BREAK}?="])
def test_a_sender_that_python_would_write_wrongly_is_refused(odd: str) -> None:
    with pytest.raises(GeneratorError, match="PAPERSHELF_SMTP_FROM"):
        written("The Shelf", odd)


@given(st.lists(st.sampled_from([*"=?qQbB_ é\n", "utf-8", "=0d=0a", "Bcc:", "x@y.test", "?=", "=?"])))
def test_no_mixture_of_the_parts_of_an_encoded_word_adds_a_header(parts: list[str]) -> None:
    assert header_names_of(written("".join(parts), "The Shelf")) == {tuple(HEADERS)}


def test_a_subject_is_read_as_it_is_unless_it_holds_an_encoded_word() -> None:
    title = "Ärzte & =Tee?= <1 = ?>"
    read = email.message_from_bytes(written(title, "The Shelf"), policy=default)
    assert title in read["Subject"]
    assert (
        "= ?utf-8?q?x?=" in email.message_from_bytes(written("=?utf-8?q?x?=", "x"), policy=default)["Subject"]
    )
