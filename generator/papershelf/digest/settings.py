"""Settings for sending mail, from environment variables: the repository holds no addresses or passwords."""

import re
from collections.abc import Mapping
from email.headerregistry import Address
from email.utils import getaddresses
from ipaddress import ip_address
from typing import Annotated, Final, Literal

from pydantic import Field, SecretStr, StringConstraints, ValidationError

from papershelf.core.model import Frozen, Text
from papershelf.core.problems import GeneratorError
from papershelf.digest.headers import header_text, survives_header

PREFIX: Final = "PAPERSHELF_SMTP_"
LEDGER_KEY: Final = "PAPERSHELF_LEDGER_KEY"
_DOMAIN: Final = r"(?=.{1,253}\Z)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*"
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@" + _DOMAIN)
_HOST: Final = re.compile(_DOMAIN.replace("9-", "9_-") + r"\.?")
_KEY: Final = re.compile(r"[0-9A-Fa-f]{64}")

Tls = Literal["starttls", "implicit", "none"]


class MailSettings(Frozen):
    """The server, the login, the sender and the recipients, from `PAPERSHELF_SMTP_HOST` and so on."""

    host: Text
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    tls: Tls = "starttls"
    user: str = ""
    password: SecretStr = SecretStr("")
    sent_from: Annotated[Text, Field(alias="from")]
    to: Annotated[str, StringConstraints(min_length=1)]

    @property
    def recipients(self) -> tuple[str, ...]:
        """The address of each recipient without the name, each once."""
        found: dict[str, str] = {}
        for _, address in getaddresses([self.to]):
            found.setdefault(address.lower(), address)
        return tuple(found.values())

    @property
    def sender(self) -> Address:
        """The sender's name and address; raises ValueError if the address is not valid."""
        (name, address), *_ = getaddresses([self.sent_from])
        return Address(header_text(name), addr_spec=address)


def mail_settings(environment: Mapping[str, str]) -> MailSettings:
    """The settings; raises GeneratorError with the names of wrong variables, never their values."""
    given = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and value
    }
    try:
        found = MailSettings.model_validate(given)
    except ValidationError as error:
        names = ", ".join(f"{PREFIX}{str(each['loc'][0]).upper()}" for each in error.errors())
        raise GeneratorError(f"to send mail, set these rightly in the environment: {names}") from None
    if not _is_host(found.host):
        raise GeneratorError(f"{PREFIX}HOST holds what is no name or address of a computer")
    for name, text in (("FROM", found.sent_from), ("TO", found.to)):
        addresses = getaddresses([text])
        if not addresses or not text.isprintable() or not all(_is_mailbox(*each) for each in addresses):
            raise GeneratorError(f"{PREFIX}{name} holds what is no mail address")
    for name, text in (("USER", found.user), ("PASSWORD", found.password.get_secret_value())):
        if not (text.isascii() and (not text or text.isprintable())):
            raise GeneratorError(f"{PREFIX}{name} holds letters that cannot be sent: only ASCII can")
    if found.tls == "none" and found.password.get_secret_value() and not _is_this_computer(found.host):
        raise GeneratorError(f"a password is not sent in the clear: set {PREFIX}TLS to starttls or implicit")
    return found


def ledger_key(environment: Mapping[str, str]) -> bytes:
    """The key of the ledger's hashes, 32 bytes; raises GeneratorError if it is missing or is none."""
    given = environment.get(LEDGER_KEY, "").strip()
    if not _KEY.fullmatch(given):
        wrong = "holds what is no key" if given else "is missing"
        raise GeneratorError(
            f"{LEDGER_KEY} {wrong}: it hides the addresses in the ledger; make 64 digits with "
            "`openssl rand -hex 32`, keep them secret, and set the same ones each time"
        )
    return bytes.fromhex(given)


def _is_mailbox(name: str, address: str) -> bool:
    return bool(_ADDRESS.fullmatch(address)) and survives_header(header_text(name), address)


def _is_host(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        pass
    else:
        return True
    try:
        return bool(_HOST.fullmatch(host.encode("idna").decode()))
    except UnicodeError:
        return False


def _is_this_computer(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
