"""Escape text for TeX, so that nothing in it is a command and a TeX parser gets the text back."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

from papershelf.text.tables import words

_SPECIAL: Final = {
    "\\": r"{\textbackslash}",
    "{": r"{$\lbrace$}",  # BibTeX counts the brace of \{ too
    "}": r"{$\rbrace$}",
    "$": r"{\$}",
    "&": r"{\&}",
    "#": r"{\#}",
    "%": r"{\%}",
    "_": r"{\_}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "<": "{$<$}",
    ">": "{$>$}",
    "|": "{$|$}",
}
_UNSAFE: Final = re.compile(r"""[\\{}$&#%_~^<>|]|[^\x00-\x7f]|-(?=-)|'(?=')|`(?=`)|[?!](?=`)|,(?=,)""")
_WORDS: Final = re.compile(r"((?:[^\W_]|[\u0300-\u036f])+)")
_MATHEMATICS: Final = re.compile(r"\\ensuremath\{(.*)\}")
_NEEDS_PACKAGES: Final = ("CYRILLIC", "VULGAR FRACTION")
_SCRIPTS: Final = {"<sub>": "_", "<super>": "^"}
_IN_SCRIPT: Final = re.compile(r"[A-Za-z0-9()+=-]+")
_KEPT_CATEGORIES: Final = words("Mn Mc Me Zs Zl Zp Cc Cf Cs Co Cn")  # Unicode categories


def escape(text: str) -> str:
    """The text as TeX: a command for a non-ASCII letter if there is one, else the letter itself."""
    return _UNSAFE.sub(_escape_match, text) if _UNSAFE.search(text) else text


def title(text: str) -> str:
    """Like `escape`, with braces around words whose capitals bibliography styles must keep: {BERT}."""
    write = escape if _UNSAFE.search(text) else str
    return "".join(
        [f"{{{write(piece)}}}" if _needs_capitals(piece) else write(piece) for piece in _WORDS.split(text)]
    )


def _needs_capitals(word: str) -> bool:
    """Whether a word has a capital after its first letter, or is a capital alone or with digits, as in T5."""
    rest = word[1:]
    return rest != rest.lower() or (not rest.isalpha() and word != "A" and word[:1].isupper())


def _escape_match(match: re.Match[str]) -> str:
    sign = match[0]
    if sign in _SPECIAL:
        return _SPECIAL[sign]
    return _command(sign) if sign > "\x7f" else f"{sign}{{}}"


@lru_cache(maxsize=1 << 12)
def _command(letter: str) -> str:
    """The command for a non-ASCII letter, in braces; the letter itself if no command round-trips."""
    if unicodedata.category(letter) in _KEPT_CATEGORIES or unicodedata.name(letter, "").startswith(
        _NEEDS_PACKAGES
    ):
        return letter
    if script := _script(letter):
        return script
    encode, decode = _coders()
    command = encode(letter).replace("mathscr", "mathcal")  # needs no package
    mathematics = _MATHEMATICS.fullmatch(command)
    braced = f"{{${mathematics[1]}$}}" if mathematics else f"{{{command}}}"
    return braced if command != letter and decode(braced) == letter else letter


@cache
def _coders() -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Functions that convert Unicode to TeX and back."""
    from pylatexenc import latex2text, latexencode  # noqa: PLC0415  slow to import, and few lists need it

    encoder = latexencode.UnicodeToLatexEncoder(
        unknown_char_policy="keep", unknown_char_warning=False, replacement_latex_protection="none"
    )
    return encoder.unicode_to_latex, latex2text.LatexNodes2Text(math_mode="text").latex_to_text


def _script(letter: str) -> str:
    """The command for a superscript or subscript letter, "" for any other."""
    kind, _, codes = unicodedata.decomposition(letter).partition(" ")
    plain = "".join(chr(int(code, 16)) for code in codes.split()) if kind in _SCRIPTS else ""
    plain = plain.replace("\u2212", "-")
    return f"{{${_SCRIPTS[kind]}{{{plain}}}$}}" if _IN_SCRIPT.fullmatch(plain) else ""
