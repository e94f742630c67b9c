"""Text as TeX that prints it: nothing in it is a command, and reading it back gives the text."""

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
_KEPT: Final = ("CYRILLIC", "VULGAR FRACTION")  # would need packages
_SCRIPTS: Final = {"<sub>": "_", "<super>": "^"}
_IN_SCRIPT: Final = re.compile(r"[A-Za-z0-9()+=-]+")
_AS_THEY_ARE: Final = words("Mn Mc Me Zs Zl Zp Cc Cf Cs Co Cn")  # categories of characters


def escape(text: str) -> str:
    """The text as TeX, in ASCII where a command says the letter and in Unicode where none does."""
    return _UNSAFE.sub(_said, text) if _UNSAFE.search(text) else text


def title(text: str) -> str:
    """The same, with braces around the words whose capitals a bibliography style must keep: {BERT}."""
    said = escape if _UNSAFE.search(text) else str
    return "".join(
        [f"{{{said(piece)}}}" if _needs_capitals(piece) else said(piece) for piece in _WORDS.split(text)]
    )


def _needs_capitals(word: str) -> bool:
    """Whether a word has capitals after its first letter, or is one letter or letter and digits, as in T5."""
    rest = word[1:]
    return rest != rest.lower() or (not rest.isalpha() and word != "A" and word[:1].isupper())


def _said(match: re.Match[str]) -> str:
    sign = match[0]
    if sign in _SPECIAL:
        return _SPECIAL[sign]
    return _command(sign) if sign > "\x7f" else f"{sign}{{}}"


@lru_cache(maxsize=1 << 12)
def _command(letter: str) -> str:
    """The command for a letter beyond ASCII, in braces; the letter itself if none says just that."""
    if unicodedata.category(letter) in _AS_THEY_ARE or unicodedata.name(letter, "").startswith(_KEPT):
        return letter
    if raised := _raised_or_lowered(letter):
        return raised
    encode, decode = _coders()
    said = encode(letter).replace("mathscr", "mathcal")  # needs no package
    mathematics = _MATHEMATICS.fullmatch(said)
    command = f"{{${mathematics[1]}$}}" if mathematics else f"{{{said}}}"
    return command if said != letter and decode(command) == letter else letter


@cache
def _coders() -> tuple[Callable[[str], str], Callable[[str], str]]:
    """From Unicode to TeX, and back: a library that few lists need and that takes long to load."""
    from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415
    from pylatexenc.latexencode import UnicodeToLatexEncoder  # noqa: PLC0415

    encoder = UnicodeToLatexEncoder(
        unknown_char_policy="keep", unknown_char_warning=False, replacement_latex_protection="none"
    )
    return encoder.unicode_to_latex, LatexNodes2Text(math_mode="text").latex_to_text


def _raised_or_lowered(letter: str) -> str:
    """The command for a letter above or below the line, "" for any other."""
    kind, _, codes = unicodedata.decomposition(letter).partition(" ")
    plain = "".join(chr(int(code, 16)) for code in codes.split()) if kind in _SCRIPTS else ""
    plain = plain.replace("\u2212", "-")
    return f"{{${_SCRIPTS[kind]}{{{plain}}}$}}" if _IN_SCRIPT.fullmatch(plain) else ""
