"""Digests: their contents, and that each address gets each digest once, whatever the server does."""

import email
import os
import socket
import ssl
import subprocess
import sys
from datetime import UTC, date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from hypothesis import given
from hypothesis import strategies as st

from papershelf.content.config import Config
from papershelf.core.problems import GeneratorError
from papershelf.digest import (
    Delivery,
    Digest,
    make_digest,
    message,
)
from papershelf.digest.email import as_html, as_text
from papershelf.render import templates
from papershelf.views.context import SiteContext
from support import fabricated
from support.fabricated import CONFIG, FULL
from support.mail import KEY, LOGIN, Handler, Serve, send, settings
from support.project import ROOT, SMALL, child_environment, copy_project

WORDS = templates.load_words(ROOT / "templates")
NOW = datetime(2025, 3, 10, 8, tzinfo=UTC)
LONG_AGO = date(1900, 1, 1)
HOSTILE = '</p><script>alert(1)</script> "&\r\nBcc: eve@example.org'


SENDER = Address("The Shelf", addr_spec="shelf@example.org")
HEADERS = {"subject", "date", "message-id", "from", "to", "mime-version", "content-type"}


def context(config: Config = CONFIG) -> SiteContext:
    return SiteContext(fabricated.library(), config, WORDS)


def digest(since: date = LONG_AGO, topics: tuple[str, ...] = ()) -> Digest:
    found = make_digest(context(), since, topics)
    assert found
    return found


DIGEST = digest()


# Contents


def test_a_digest_has_what_was_listed_since_a_day() -> None:
    text = as_text(digest(date(2024, 3, 9)))
    assert FULL.title.replace("*", "") in text
    assert "https://example.org/tea/papers/how-long-to-steep/" in text
    assert "https://github.com/teapot/steep_it/tree/main/code" in text
    assert make_digest(context(), date(2124, 1, 1)) is None
    assert {section.topic.text for section in digest(topics=("mint",)).sections} == {"Mint, fresh"}


def test_without_an_address_of_the_site_papers_link_to_their_sources() -> None:
    found = make_digest(context(CONFIG.model_copy(update={"url": None})), LONG_AGO)
    assert found
    assert "https://arxiv.org/abs/2409.00001" in as_text(found)
    assert "example.org/tea/" not in as_text(found) + as_html(found)


def test_a_message_is_parsed_as_it_was_written() -> None:
    mail = message(digest(), SENDER, "ada@example.org", "n1", NOW)
    read = email.message_from_bytes(mail, policy=default)
    assert isinstance(read, EmailMessage)
    assert read.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert (read["To"], read["From"]) == ("ada@example.org", "The Shelf <shelf@example.org>")
    assert read["Subject"] == digest().subject
    assert read["Date"].datetime == NOW
    assert not read.defects
    text, markup = (part.get_content().replace("\r\n", "\n") for part in read.iter_parts())
    assert (text, markup) == (as_text(digest()), as_html(digest()))
    assert mail.isascii()
    assert max(len(line) for line in mail.splitlines()) <= 998


class Tags(HTMLParser):
    """The elements of a document, and the targets of its links."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.hrefs: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.hrefs += [value or "" for name, value in attrs if name == "href"]


def test_a_hostile_title_stays_text_in_every_part() -> None:
    library = fabricated.library(fabricated.hostile_papers())
    found = make_digest(SiteContext(library, CONFIG.model_copy(update={"title": HOSTILE}), WORDS), LONG_AGO)
    assert found
    tags = Tags(as_html(found))
    assert tags.tags <= {"html", "head", "meta", "title", "body", "div", "h1", "h2", "p", "a", "strong"}
    assert all(href.startswith(("https://", "http://")) for href in tags.hrefs)
    mail = message(found, SENDER, "ada@example.org", "n1", NOW)
    read = email.message_from_bytes(mail, policy=default)
    assert "Bcc" not in read
    assert {"Subject", "Date", "Message-ID", "From", "To"} <= set(read.keys())


@given(st.text(max_size=40), st.text(max_size=10))
def test_no_address_injects_a_header_into_a_message(name: str, more: str) -> None:
    try:
        given = settings(FROM=f"{name} <shelf@example.org>{more}", TO=f"{more}ada@example.org")
    except GeneratorError:
        return
    mail = message(DIGEST, given.sender, given.recipients[0], "n1", NOW)
    read = email.message_from_bytes(mail, policy=default)
    assert set(map(str.lower, read.keys())) <= HEADERS
    assert read["To"].addresses[0].addr_spec == given.recipients[0]


# Sending


def test_each_recipient_gets_a_message_once(serve: Serve, tmp_path: Path) -> None:
    handler = Handler()
    there = serve(handler, to="Ada <ada@example.org>, bo@example.org, ADA@example.org")
    assert [each.outcome for each in send(there, tmp_path / "l")] == ["sent", "sent"]
    assert [each.outcome for each in send(there, tmp_path / "l")] == ["already sent", "already sent"]
    assert [each.outcome for each in send(there, tmp_path / "l", "d2")] == ["sent", "sent"]
    assert [envelope.rcpt_tos for envelope in handler.accepted] == [
        ["ada@example.org"],
        ["bo@example.org"],
    ] * 2
    assert "example.org" not in (tmp_path / "l").read_text("utf-8")


def test_a_temporary_failure_is_retried(serve: Serve, tmp_path: Path) -> None:
    busy = Handler(answers={"RCPT": ["451 later"], "DATA": ["452 full"]})
    assert send(serve(busy), tmp_path / "a") == [Delivery("sent")]
    assert len(busy.accepted) == 1
    gone = Handler(drop="RCPT", times=2)
    assert send(serve(gone), tmp_path / "b") == [Delivery("sent")]
    assert len(gone.accepted) == 1


def test_a_message_is_not_sent_again_after_a_connection_broke(serve: Serve, tmp_path: Path) -> None:
    handler = Handler(drop="DATA", times=1)
    there = serve(handler)
    assert [each.outcome for each in send(there, tmp_path / "l")] == ["may have arrived"]
    assert [each.outcome for each in send(there, tmp_path / "l")] == ["may have arrived"]
    assert handler.seen == 1


def test_a_refused_message_is_not_retried_at_once_but_may_be_sent_later(serve: Serve, tmp_path: Path) -> None:
    handler = Handler(answers={"DATA": ["554 spam of ada@example.org"]})
    there = serve(handler)
    assert send(there, tmp_path / "l") == [Delivery("not sent", "the server refused with 554")]
    assert handler.seen == 1
    assert send(there, tmp_path / "l") == [Delivery("sent")]


def test_a_refused_connection_is_reported_and_not_recorded(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    delivery = send(settings(PORT=str(port)), tmp_path / "l")
    assert delivery == [Delivery("not sent", "no connection (ConnectionRefusedError)")]
    assert '"is"' not in (tmp_path / "l").read_text("utf-8")


@pytest.mark.filterwarnings(
    "ignore:Requiring AUTH"
)  # aiosmtpd does not know that its connection is encrypted
@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_mail_goes_over_tls_with_a_password_to_a_trusted_server_only(
    tls: str, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    handler, asked = Handler(), []

    def login(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: LoginPassword
    ) -> AuthResult:
        asked.append((given.login, given.password))
        return AuthResult(success=True)

    options = (
        {"tls_context": context} if tls == "starttls" else {"ssl_context": context, "auth_require_tls": False}
    )
    there = serve(handler, authenticator=login, auth_required=True, **options)
    there = settings(PORT=str(there.port), TLS=tls, **LOGIN)
    assert send(there, tmp_path / "l") == [Delivery("not sent", "the server's certificate is not valid")]

    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    assert send(there, tmp_path / "l") == [Delivery("sent")]
    assert asked == [(b"shelf", b"s3cret")]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"HOST": ""}, "PAPERSHELF_SMTP_HOST"),
        ({"PORT": "99999"}, "PAPERSHELF_SMTP_PORT"),
        ({"TLS": "maybe"}, "PAPERSHELF_SMTP_TLS"),
        ({"TO": "nobody"}, "PAPERSHELF_SMTP_TO"),
        ({"TO": "a@example.org\r\nBcc: e@example.org"}, "PAPERSHELF_SMTP_TO"),
        ({"FROM": "x"}, "PAPERSHELF_SMTP_FROM"),
        ({"HOST": "mail.example.org", "PASSWORD": "s3cret"}, "in the clear"),
        ({"PASSWORD": "s3cret-ü"}, "PAPERSHELF_SMTP_PASSWORD"),
        ({"USER": "s3cret-ü"}, "PAPERSHELF_SMTP_USER"),
        ({"FROM": f"{'s3cret' * 200} <a@example.org>"}, "PAPERSHELF_SMTP_FROM"),
        *(
            ({name: address}, f"PAPERSHELF_SMTP_{name}")
            for name in ("FROM", "TO")
            for address in (
                "s3cret..b@b.test",
                ".s3cret@b.test",
                "s3cret.@b.test",
                "=?utf-8?q?s3cret?=@b.test",
                f"s3cret@{'b' * 300}",
                f"s3cret@{'b' * 64}.test",
                f"s3cret@{'.'.join(['b' * 60] * 5)}",
                f"{'s3cret' * 20}@b.test",
            )
        ),
        *(
            ({"HOST": host}, "PAPERSHELF_SMTP_HOST")
            for host in ("s3cret" * 50, ".s3cret", "s3cret..b", "s3cret\0", "s3cret b", "s3cret\udc80")
        ),
    ],
)
def test_a_wrong_setting_is_named_without_its_value(changes: dict[str, str], complaint: str) -> None:
    with pytest.raises(GeneratorError, match=complaint) as caught:
        settings(**changes)
    assert "s3cret" not in str(caught.value)
    assert "s3cret" not in repr(settings(**LOGIN))


# The command line


def papershelf(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "papershelf", "-C", project, "digest", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_prints_writes_and_sends(serve: Serve, tmp_path: Path) -> None:
    project = copy_project(tmp_path / "small", content=ROOT / "tests" / "small")
    printed = papershelf(project, "--since", "2025-03-01")
    assert printed.returncode == 0, printed.stderr
    assert "Counting Tulips" in printed.stdout

    out = tmp_path / "new.eml"
    assert papershelf(project, "--since", "2025-03-01", "--out", str(out)).returncode == 0
    read = email.message_from_bytes(out.read_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    body = read.get_body(("plain",))
    assert body
    assert body.get_content().replace("\r\n", "\n") == printed.stdout

    handler = Handler()
    there = serve(handler)
    environment = {
        "PAPERSHELF_LEDGER_KEY": KEY.hex(),
        "PAPERSHELF_SMTP_HOST": "127.0.0.1",
        "PAPERSHELF_SMTP_PORT": str(there.port),
        "PAPERSHELF_SMTP_TLS": "none",
        "PAPERSHELF_SMTP_FROM": "shelf@example.org",
        "PAPERSHELF_SMTP_TO": "ada@example.org",
    }
    sent = papershelf(project, "--since", "2025-03-01", "--send", **environment)
    assert (sent.returncode, sent.stdout) == (0, "Recipient 1 of 1: sent\n"), sent.stderr
    again = papershelf(project, "--since", "2025-03-01", "--send", **environment)
    assert (again.returncode, again.stdout) == (0, "Recipient 1 of 1: already sent\n")
    assert len(handler.accepted) == 1
    assert papershelf(project, "--days", "1").stdout == "Nothing is new.\n"


def test_the_command_says_what_is_wrong_with_its_exit_code(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "small", content=ROOT / "tests" / "small")
    for arguments in (("--since", "yesterday"), (), ("--since", "2025-01-01", "--topic", "nothing")):
        assert papershelf(project, *arguments).returncode == 2, arguments
    unset = papershelf(project, "--since", "2025-03-01", "--send")
    assert unset.returncode == 2
    assert "PAPERSHELF_SMTP_HOST" in unset.stderr
    (project / "content/topics.yml").write_text("- id: [", "utf-8")
    assert papershelf(project, "--since", "2025-03-01").returncode == 1


def test_a_message_replaces_a_file_through_no_link(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "small", content=SMALL)
    out, precious = tmp_path / "new.eml", tmp_path / "precious"
    precious.write_text("mine", "utf-8")
    out.symlink_to(precious)

    refused = papershelf(project, "--since", "2025-03-01", "--out", str(out))

    assert refused.returncode == 2
    assert f"{out} is a symbolic link: nothing was written" in refused.stderr
    assert precious.read_text("utf-8") == "mine"


def test_a_message_goes_into_a_pipe_and_waits_for_no_reader(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "small", content=SMALL)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    alone = papershelf(project, "--since", "2025-03-01", "--out", str(pipe))
    assert alone.returncode == 2
    assert f"{pipe} cannot be written" in alone.stderr

    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        writer = os.open(pipe, os.O_WRONLY)  # waits until the reader is there
        assert papershelf(project, "--since", "2025-03-01", "--out", str(pipe)).returncode == 0
        os.close(writer)
        read, _ = reader.communicate()
    assert b"Counting Tulips" in read


def test_a_message_goes_where_standard_output_goes(tmp_path: Path) -> None:
    project, out = copy_project(tmp_path / "small", content=SMALL), tmp_path / "out"
    command = [sys.executable, "-m", "papershelf", "-C", str(project), "digest", "--since", "2025-03-01"]
    with out.open("wb") as file:
        written = subprocess.run(
            [*command, "--out", "/dev/stdout"],
            stdout=file,
            stderr=subprocess.PIPE,
            check=False,
            env=child_environment(),
        )
    assert written.returncode == 0
    assert email.message_from_bytes(out.read_bytes(), policy=default)["Subject"].startswith("A small list")
    assert out.read_bytes().endswith(b"--\r\n")
    assert b"Written to /dev/stdout: A small list" in written.stderr
