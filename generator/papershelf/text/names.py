"""What a title is called: the key it is recognised by and its name in URLs."""
# ruff: noqa: RUF001 - apostrophes that look alike

import re
import unicodedata

from slugify import slugify

from papershelf.text.cleaning import clean
from papershelf.text.markdown import plain
from papershelf.text.tables import GREEK

SLUG_LENGTH = 80
_UNMARKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
_MARKS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe2f'’‘ʼ′`]")
_GREEK_LETTER = re.compile(r"(?<![\u0370-\u03ff])[α-ω](?![\u0370-\u03ff])")
_GREEK_NAMES = {letter: name for name, letter in GREEK.items() if not name.startswith("var")}


def normalise(title: str) -> str:
    """The key by which two spellings of a title are one: lower-case words of letters and digits.

    A title without any is its own key. A single Greek letter counts as its name.
    """
    cleaned = clean(title)
    kept = (letter if _is_of_a_word(letter) else " " for letter in _folded(cleaned))
    return " ".join("".join(kept).split()) or cleaned or title


def slug(title: str) -> str:
    """An ASCII name for URLs, `[a-z0-9]+(-[a-z0-9]+)*`, of at most 80 characters, cut between words."""
    name = slugify(
        _folded(clean(title)),
        max_length=SLUG_LENGTH,
        word_boundary=True,
        save_order=True,
        algorithm="modern",
        backend="text-unidecode",
    )
    return name or "paper"


def _folded(cleaned: str) -> str:
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain(cleaned)).casefold())
    text = _MARKS.sub("", text).translate(_UNMARKED)
    return _GREEK_LETTER.sub(lambda match: _GREEK_NAMES.get(match[0], match[0]), text)


def _is_of_a_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")
