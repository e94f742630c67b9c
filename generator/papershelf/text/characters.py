"""The characters of a text: Unicode in one form, entities decoded, and what a PDF's text lacks."""

import re
import unicodedata
from html import unescape
from html.entities import html5
from typing import Final

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff\ud800-\udfff\U000e0000-\U0010ffff]"
)
ENTITY = re.compile(r"&(?:amp;|#38;|#[xX]26;)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_JOINER = re.compile(
    "(?<=[^\x00-\x7f\u200c\u200d])([\u200c\u200d])(?=[^\x00-\x7f\u200c\u200d])|[\u200c\u200d]"
)
_LIGATURES = {0xFB00 + n: letters for n, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}

# Glyphs that a PDF's text has by number, "(cid:12)": ligatures as the fonts of TeX and others number them,
# soft hyphens at the end of a line. Nobody knows the other glyphs.
_GLYPH = re.compile(
    r"(?<=[a-z])(?<!\(ci)(?<!\(c)\(cid:173\)\s*(?=(?P<rest>[a-z]+))"
    r"|(?<![^\W\d_a-z])\(cid:(?P<number>\d{1,3})\)(?=[a-z])"
    r"|\(cid:\d+\)"
)
_COMPOUNDS: Final = frozenset({"based", "coded", "driven", "free", "oriented", "specific", "valued"})
_GLYPHS: Final = {
    **dict.fromkeys(("2", "12", "222"), "fi"),
    **dict.fromkeys(("3", "13", "223"), "fl"),
    **dict(zip(("11", "14", "15"), ("ff", "ffi", "ffl"), strict=True)),
}

TEX_ESCAPE = re.compile(
    r"\{\\([_#%&~])\}|\\([_#%&])(?:\{\})?|\\~(?:\{\})?|\{?\\textasciitilde(?:\{\}|\}| )?|\$?\\sim\$?"
)
"""The signs of an address as TeX writes them."""


def characters(text: str) -> str:
    """The text as one line in NFC, without invisible characters, HTML entities decoded."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    if "&" in text:
        text = INVISIBLE.sub("", ENTITY.sub(_entity, text))
    if not text.isascii():
        text = _JOINER.sub(lambda match: match[1] or "", text.translate(_LIGATURES))
    if "(cid:" in text:
        text = _GLYPH.sub(_glyph, text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def without_tex_escapes(url: str) -> str:
    """A text or an address with its signs as they are: `_` for TeX's escaped underscore."""
    return TEX_ESCAPE.sub(lambda sign: sign[1] or sign[2] or "~", url)


def _entity(match: re.Match[str]) -> str:
    name = match[1]
    return unescape(f"&{name};") if name[0] == "#" else html5.get(f"{name};", f"&{name};")


def _glyph(match: re.Match[str]) -> str:
    if match["rest"]:
        return "-" if match["rest"] in _COMPOUNDS else ""
    return _GLYPHS.get(match["number"] or "", " ")
