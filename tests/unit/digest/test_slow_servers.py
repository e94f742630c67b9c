"""A server that answers slowly, without end or with nonsense holds up nobody, and nobody gets mail twice."""

import time
from pathlib import Path

import pytest

from papershelf.digest import Delivery
from support.mail import LOGIN, Scripted, send, settings

LIMIT = 0.6  # seconds
SOON = 5.0  # seconds; a server drips for twice as long
TO_DATA = ("220 hello", "250 hello", "250 sender", "250 recipient", "354 go on")


@pytest.mark.parametrize("tls", ["none", "implicit", "starttls"])
@pytest.mark.parametrize("drips", ["2", "220-still here\r\n"])
def test_a_greeting_that_never_ends_stops_at_the_deadline(tls: str, drips: str, tmp_path: Path) -> None:
    with Scripted(drips=drips).running() as port:
        began = time.monotonic()
        found = send(settings(PORT=str(port), TLS=tls), tmp_path / "l", limit=LIMIT)
        assert time.monotonic() - began < SOON
    assert [each.outcome for each in found] == ["not sent"]


@pytest.mark.parametrize("answered", range(1, len(TO_DATA)))
def test_an_answer_that_never_ends_stops_at_the_deadline(answered: int, tmp_path: Path) -> None:
    server = Scripted(*TO_DATA[:answered], drips="250-still here\r\n")
    with server.running() as port:
        began = time.monotonic()
        found = send(settings(PORT=str(port)), tmp_path / "l", limit=LIMIT)
        assert time.monotonic() - began < SOON
    expected = "may have arrived" if answered == len(TO_DATA) - 1 else "not sent"
    assert [each.outcome for each in found] == [expected]
    assert "the server took too long" in found[0].why


def test_a_message_whose_answer_drips_is_not_sent_again(tmp_path: Path) -> None:
    server = Scripted(*TO_DATA, drips="2")
    with server.running() as port:
        there = settings(PORT=str(port))
        took_long = "the connection broke off (the server took too long)"
        assert send(there, tmp_path / "l", limit=LIMIT) == [Delivery("may have arrived", took_long)]
        assert [each.outcome for each in send(there, tmp_path / "l")] == ["may have arrived"]
    assert server.asked.count(".") == server.connections == 1


def test_all_attempts_together_end_at_the_deadline(tmp_path: Path) -> None:
    server = Scripted("220 hello", "250 hello", "250 sender", "451 later")
    with server.running() as port:
        began = time.monotonic()
        found = send(settings(PORT=str(port)), tmp_path / "l", limit=0.005)
        assert time.monotonic() - began < SOON
    assert [each.outcome for each in found] == ["not sent"]
    assert server.connections < 3


@pytest.mark.parametrize("nonsense", ["OK", "", "999 hm", "354 go on", "199 wait"])
def test_a_message_that_is_answered_with_nonsense_may_have_arrived(nonsense: str, tmp_path: Path) -> None:
    server = Scripted(*TO_DATA, nonsense)
    with server.running() as port:
        there = settings(PORT=str(port))
        assert [each.outcome for each in send(there, tmp_path / "l")] == ["may have arrived"]
        assert [each.outcome for each in send(there, tmp_path / "l")] == ["may have arrived"]
    assert server.asked.count(".") == 1


def test_a_login_that_asks_for_nonsense_is_no_traceback(tmp_path: Path) -> None:
    server = Scripted("220 hello", "250-hello\r\n250 AUTH CRAM-MD5", "334 a")
    with server.running() as port:
        found = send(settings(PORT=str(port), **LOGIN), tmp_path / "l")
    assert found == [Delivery("not sent", "no connection (SMTPException)")]
