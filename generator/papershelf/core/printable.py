"""Text from outside, made safe to print: nothing in it steers a terminal, or hides or reorders words."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Final, TypeVar, cast

_STEERING: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
    r"|\n(?=[ \t]*::)"  # GitHub's runners take such a line for a command
)
_LOGIN: Final = re.compile(r"(?<=://)[^\s/?#@:]*:[^\s/?#]*@")
_Value = TypeVar("_Value")


def printable(text: str) -> str:
    r"""The text with an escape, `\x1b` or `\u202e`, for each character that could do harm; line feeds stay.

    These are control characters, separators of lines, marks and overrides of direction, lone surrogates, and
    the line feed before what GitHub's runners would take for a command. The password in an address, and the
    name before it, become `…`: logs are public.
    """
    return _STEERING.sub(lambda found: ascii(found[0])[1:-1], _LOGIN.sub("…@", text))


def in_one_line(text: str) -> str:
    r"""`printable` text in which line feeds are written `\n`: no text can pass for two messages."""
    return printable(text).replace("\n", r"\n")


def printable_value(value: _Value) -> _Value:
    """`value` with every text `printable`, also within tuples and dataclasses; other values stay."""
    return cast("_Value", _printable(value))


def _printable(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        return tuple(map(_printable, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _printable(getattr(value, each.name)) for each in fields(value)})
    return value
