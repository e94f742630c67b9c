"""The few HTML tags that reference managers keep in titles, as TeX, which importing reads."""

import re
from typing import Final

_ROUNDS: Final = 4  # of tags within tags
_COMMANDS: Final = {
    "i": r"\textit{%s}",
    "em": r"\textit{%s}",
    "b": r"\textbf{%s}",
    "strong": r"\textbf{%s}",
    "sub": "$_{%s}$",
    "sup": "$^{%s}$",
}
_ATTRIBUTES: Final = r"(?:\s+[\w:-]{1,40}=\"[^\"<>]{0,200}\")*\s*"
_PAIR: Final = re.compile(rf"<(i|em|b|strong|sub|sup|sc|span){_ATTRIBUTES}>([^<]*)</\1>", re.IGNORECASE)
_LEFT: Final = re.compile(
    rf"</?(?:i|em|b|strong|sub|sup|sc|span|p|br|jats:\w{{1,40}}){_ATTRIBUTES}/?>", re.IGNORECASE
)


def as_tex(text: str) -> str:
    """The text with `<i>x</i>` as TeX; tags that only say how capitals look are left out."""
    if "<" not in text:
        return text
    for _ in range(_ROUNDS):
        text, count = _PAIR.subn(_command, text)
        if not count:
            break
    return _LEFT.sub(" ", text) if "<" in text else text


def _command(pair: re.Match[str]) -> str:
    command = _COMMANDS.get(pair[1].lower(), "%s")
    return command % pair[2] if pair[2].strip() else pair[2]
