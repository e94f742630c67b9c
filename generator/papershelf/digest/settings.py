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

PREFIX: Final = "PAPERSHELF_SMTP_"
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")

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
        return Address(name, addr_spec=address)


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
    for name, text, addresses in (
        ("FROM", found.sent_from, tuple(address for _, address in getaddresses([found.sent_from]))),
        ("TO", found.to, found.recipients),
    ):
        if not addresses or not text.isprintable() or not all(map(_ADDRESS.fullmatch, addresses)):
            raise GeneratorError(f"{PREFIX}{name} holds what is no mail address")
    if found.tls == "none" and found.password.get_secret_value() and not _is_this_computer(found.host):
        raise GeneratorError(f"a password is not sent in the clear: set {PREFIX}TLS to starttls or implicit")
    return found


def _is_this_computer(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
