"""Names of people, venues and tags, cleaned; names made of a title: its key and its slug for URLs."""
# ruff: noqa: RUF001 - look-alike apostrophes

import re
import unicodedata

from slugify import slugify

from papershelf.text.cleaning import clean
from papershelf.text.markdown import plain
from papershelf.text.tables import GREEK

SLUG_LENGTH = 80
_ONE_NAME = re.compile(r"\{[^{}]*\}")
_TO_ASCII = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
_MARKS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe2f'’‘ʼ′`]")
_SIGNS = "+#*"
_STARS = str.maketrans("⋆★∗＊", "****")
# Signs that are no part of a name: between or before words, and a star or # not after a short name.
_MERE_SIGNS = re.compile(
    r"(?<![\w+])\++|(?<=\w)\+(?=\w)|(?<!\b[A-Za-z])#|#(?=\w)"
    r"|\*(?=[\w*])|(?<!\b[A-Z])(?<!\b[A-Z]{2})(?<!\b[A-Z]{3})(?<!\b[A-Z]{4})\*"
)
_GREEK_LETTER = re.compile(r"(?<![\u0370-\u03ff])[α-ω](?![\u0370-\u03ff])")
_GREEK_NAMES = {letter: name for name, letter in GREEK.items() if not name.startswith("var")}


def clean_label(text: str) -> str:
    """A short name, of a venue or a tag: cleaned, without emphasis."""
    return plain(clean(text))


def clean_name(name: str) -> str:
    """The name of a person or group, cleaned; braces around the whole, which make it one name, stay."""
    name = name.strip()
    if _ONE_NAME.fullmatch(name):
        inner = clean_label(name[1:-1])
        return inner and f"{{{inner}}}"
    return clean_label(name)


def normalise(title: str) -> str:
    """The key that all spellings of a title share: lower-case words of letters and digits.

    Signs at the end of a word that make another name of it stay: K-means++, BERT+, C#, A*.
    A title without letters and digits is its own key. A single Greek letter becomes its name.
    """
    cleaned = clean(title)
    named = _MERE_SIGNS.sub(" ", plain(cleaned).translate(_STARS))
    kept = "".join(letter if _is_word_character(letter) else " " for letter in _folded(named))
    return " ".join(word for word in kept.split() if word.strip(_SIGNS)) or cleaned or title


def slug(title: str) -> str:
    """An ASCII slug for URLs, `[a-z0-9]+(-[a-z0-9]+)*`, of at most 80 characters, truncated between words."""
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
    text = _MARKS.sub("", text).translate(_TO_ASCII)
    return _GREEK_LETTER.sub(lambda match: _GREEK_NAMES.get(match[0], match[0]), text)


def _is_word_character(letter: str) -> bool:
    return letter.isalnum() or letter in _SIGNS or unicodedata.category(letter).startswith("M")
