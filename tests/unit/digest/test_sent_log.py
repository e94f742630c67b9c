"""The ledger: damaged, of another key, on a full disk; nobody gets a digest twice, or sees a traceback."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papershelf.core.problems import GeneratorError
from papershelf.digest import MailSettings, ledger_key, open_sent_log
from support.mail import KEY, Handler, Serve, send
from support.project import SMALL, child_environment, copy_project

OTHER_KEY = bytes(32)
TO = "ada@example.org, bo@example.org, cy@example.org"
HEAD, FIRST = 0, 1


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger that says: sent to Ada, trying Bo, refused by Cy."""
    path = tmp_path / "ledger.jsonl"
    with open_sent_log(path, KEY, "d1") as log:
        log.record("ada@example.org", "trying")
        log.record("ada@example.org", "sent")
        log.record("bo@example.org", "trying")
        log.record("cy@example.org", "trying")
        log.record("cy@example.org", "refused")
    return path


def changed(line: int, **fields: object) -> Callable[[list[bytes]], list[bytes]]:
    """Change fields of a line; None removes one."""

    def change(lines: list[bytes]) -> list[bytes]:
        kept = {
            name: value for name, value in (json.loads(lines[line]) | fields).items() if value is not None
        }
        return [*lines[:line], json.dumps(kept).encode(), *lines[line + 1 :]]

    return change


def replaced(line: int, by: bytes) -> Callable[[list[bytes]], list[bytes]]:
    return lambda lines: [*lines[:line], by, *lines[line + 1 :]]


DAMAGES = {
    "no head": (lambda lines: lines[1:], 1),
    "a head without its check": (changed(HEAD, check=None), 1),
    "a head with another check": (changed(HEAD, check="0" * 32), 1),
    "a head of another version": (changed(HEAD, ledger=3), 1),
    "a head that is no JSON": (replaced(HEAD, b"ledger"), 1),
    "a truncated head": (lambda lines: [lines[0][:20], *lines[1:]], 1),
    "a truncated line in the middle": (lambda lines: [*lines[:2], lines[2][:30], *lines[3:]], 3),
    "an empty line": (replaced(2, b""), 3),
    "no JSON": (replaced(2, b"sent to ada"), 3),
    "a list": (replaced(2, b"[]"), 3),
    "a number": (replaced(2, b"1"), 3),
    "null": (replaced(2, b"null"), 3),
    "deep JSON": (replaced(2, b"[" * 100_000), 3),
    "binary": (replaced(2, bytes(range(128, 256))), 3),
    "NULs": (replaced(2, bytes(60)), 3),
    "no digest": (changed(2, digest=None), 3),
    "no address": (changed(2, to=None), 3),
    "no state": (changed(2, **{"is": None}), 3),
    "no check": (changed(2, check=None), 3),
    "an unknown state": (changed(2, **{"is": "lost"}), 3),
    "another state": (changed(2, **{"is": "refused"}), 3),
    "another address": (changed(2, to="0" * 32), 3),
    "another digest": (changed(2, digest="d2"), 3),
    "a state of another type": (changed(2, **{"is": ["sent"]}), 3),
    "a field too many": (changed(2, more=1), 3),
    "NULs at the end": (lambda lines: [*lines, bytes(40)], 7),
    "nonsense at the end": (lambda lines: [*lines, b"sent"], 7),
}


@pytest.mark.parametrize(("damage", "line"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_ledger_is_refused_with_place_and_cure(
    ledger: Path, serve: Serve, damage: Callable[[list[bytes]], list[bytes]], line: int
) -> None:
    handler = Handler()
    there = serve(handler, to=TO)
    content = b"\n".join(damage(ledger.read_bytes().splitlines()))
    ledger.write_bytes(content if line == 7 else content + b"\n")
    with pytest.raises(GeneratorError) as refused:
        send(there, ledger)
    assert str(refused.value).startswith(f"{ledger}:{line}: ")
    assert "or delete it, after which everybody may get once more what was sent last" in str(refused.value)
    assert handler.seen == 0


def test_a_last_line_that_a_crash_truncated_is_taken_as_not_written(ledger: Path, serve: Serve) -> None:
    whole = ledger.read_bytes()
    lines = whole.splitlines(keepends=True)
    states = []
    for end in range(len(whole) - len(lines[-1]) + 1, len(whole)):
        ledger.write_bytes(whole[:end])
        with open_sent_log(ledger, KEY, "d1") as log:
            states.append([log.state(f"{name}@example.org") for name in ("ada", "bo", "cy")])
    assert {tuple(each) for each in states[:-1]} == {("sent", "trying", "trying")}
    assert states[-1] == ["sent", "trying", "refused"]  # only the line break is missing
    handler = Handler()
    there = serve(handler, to=TO)
    outcomes = ["already sent", "may have arrived", "sent"]
    assert [each.outcome for each in send(there, ledger)] == outcomes
    assert [each.outcome for each in send(there, ledger)] == [*outcomes[:2], "already sent"]
    assert [envelope.rcpt_tos for envelope in handler.accepted] == [["cy@example.org"]]


def test_a_ledger_of_an_earlier_version_or_under_another_key_is_refused(ledger: Path, serve: Serve) -> None:
    there = serve(Handler(), to=TO)
    with pytest.raises(GeneratorError, match="another PAPERSHELF_LEDGER_KEY: set that key again, or"):
        send(there, ledger, key=OTHER_KEY)
    salted = {"salt": "00" * 16}, {"digest": "d1", "to": "00" * 16, "is": "sent"}
    ledger.write_text("".join(f"{json.dumps(line)}\n" for line in salted))
    with pytest.raises(GeneratorError, match=r"an earlier version wrote this ledger.* delete it"):
        send(there, ledger)


def test_who_has_the_ledger_cannot_confirm_an_address_without_the_key(tmp_path: Path) -> None:
    def words(key: bytes) -> set[str]:
        path = tmp_path / key.hex()
        with open_sent_log(path, key, "d1") as log:
            log.record("ada@example.org", "sent")
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        return {line[name] for line in lines for name in ("to", "check") if name in line}

    assert len(words(KEY)) == 3
    assert not words(KEY) & words(OTHER_KEY)


@pytest.mark.parametrize("given_key", ["", "s3cret", "0" * 63, "0" * 65, "x" * 64])
def test_a_missing_or_weak_key_is_refused_with_words_how_to_make_one(given_key: str) -> None:
    with pytest.raises(GeneratorError, match=r"PAPERSHELF_LEDGER_KEY .*openssl rand -hex 32") as refused:
        ledger_key({"PAPERSHELF_LEDGER_KEY": given_key})
    assert "s3cret" not in str(refused.value)
    assert ledger_key({"PAPERSHELF_LEDGER_KEY": f"{KEY.hex()}\n"}) == KEY


def test_a_ledger_of_impossible_size_is_not_read(ledger: Path) -> None:
    os.truncate(ledger, 1_000_000_000)
    with pytest.raises(GeneratorError, match="larger than a ledger can be"), open_sent_log(ledger, KEY, "d1"):
        pass


def test_a_new_ledger_is_for_its_owner_only(ledger: Path) -> None:
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "full device"])
def test_only_a_file_can_be_a_ledger(kind: str, tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "l", tmp_path / "elsewhere"
    if kind == "link":
        path.symlink_to(elsewhere)
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path = Path("/dev/full")
    with pytest.raises(GeneratorError, match=str(path)), open_sent_log(path, KEY, "d1"):
        pass
    assert not elsewhere.exists()


MUTATIONS = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "insert", "drop line", "swap lines", "truncate", "double line"]),
        st.integers(0, 10_000),
        st.integers(0, 255),
    ),
    min_size=1,
    max_size=4,
)


def mutated(content: bytes, mutations: list[tuple[str, int, int]]) -> bytes:
    for how, where, byte in mutations:
        lines = content.splitlines(keepends=True) or [b""]
        at, line = where % (len(content) + 1), where % len(lines)
        if how == "flip":
            content = content[:at] + bytes([byte]) + content[at + 1 :]
        elif how == "cut":
            content = content[:at] + content[at + byte :]
        elif how == "insert":
            content = content[:at] + bytes([byte]) + content[at:]
        elif how == "drop line":
            content = b"".join(lines[:line] + lines[line + 1 :])
        elif how == "swap lines":
            content = b"".join([lines[byte % len(lines)], *lines[:line], *lines[line + 1 :]])
        elif how == "double line":
            content = b"".join([*lines, lines[line]])
        else:
            content = content[:at]
    return content


@pytest.fixture
def everybody(serve: Serve) -> tuple[Handler, MailSettings]:
    handler = Handler()
    return handler, serve(handler, to=TO)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutations=MUTATIONS)
def test_no_damage_sends_again_what_an_undamaged_line_says_was_sent(
    mutations: list[tuple[str, int, int]], ledger: Path, everybody: tuple[Handler, MailSettings]
) -> None:
    handler, there = everybody
    whole = ledger.read_bytes()
    damaged = ledger.with_name("damaged")
    damaged.write_bytes(mutated(whole, mutations))
    sent_to_ada, trying_bo = whole.splitlines()[2], whole.splitlines()[3]
    left = damaged.read_bytes().splitlines()
    handler.accepted.clear()
    try:
        outcomes = [each.outcome for each in send(there, damaged)]
    except GeneratorError:
        assert not handler.accepted
        return
    reached = {name for envelope in handler.accepted for name in envelope.rcpt_tos}
    assert sent_to_ada not in left or "ada@example.org" not in reached
    assert trying_bo not in left or "bo@example.org" not in reached
    assert len(outcomes) == 3
    assert not {"sent"} & {each.outcome for each in send(there, damaged)}


WITH_LITTLE_ROOM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from papershelf.cli import run
run()
"""


def test_a_full_disk_at_the_word_sent_is_no_reason_to_send_again(serve: Serve, tmp_path: Path) -> None:
    project = copy_project(tmp_path / "small", content=SMALL)
    handler = Handler()
    there = serve(handler)
    environment = child_environment(
        PAPERSHELF_LEDGER_KEY=KEY.hex(),
        PAPERSHELF_SMTP_HOST="127.0.0.1",
        PAPERSHELF_SMTP_PORT=str(there.port),
        PAPERSHELF_SMTP_TLS="none",
        PAPERSHELF_SMTP_FROM="shelf@example.org",
        PAPERSHELF_SMTP_TO="ada@example.org, bo@example.org",
    )

    def send_with(room: int, ledger: str) -> subprocess.CompletedProcess[str]:
        options = ["-C", str(project), "digest", "--since", "2025-03-01", "--send", "--ledger", ledger]
        command = [sys.executable, "-c", WITH_LITTLE_ROOM, str(room), *options]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    measured, ledger = tmp_path / "measured", tmp_path / "ledger"
    assert send_with(1 << 30, str(measured)).returncode == 0
    head, trying, *_ = measured.read_bytes().splitlines(keepends=True)
    handler.accepted.clear()

    for room in (len(head) - 5, len(head) + 5):
        full = send_with(room, str(ledger))
        assert (full.returncode, handler.accepted) == (2, [])
    full = send_with(len(head + trying) + 5, str(ledger))
    assert full.returncode == 2
    assert f"{ledger} cannot be written: " in full.stderr
    assert "Traceback" not in full.stderr
    assert ledger.read_bytes().splitlines() == [head.strip(), trying.strip()]
    assert len(handler.accepted) == 1
    again = send_with(1 << 30, str(ledger))
    assert again.returncode == 2
    assert "Recipient 1 of 2: may have arrived" in again.stderr
    assert again.stdout == "Recipient 2 of 2: sent\n"
    assert len(handler.accepted) == 2
