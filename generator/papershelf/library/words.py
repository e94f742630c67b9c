"""The words of a text as related papers and learned topics compare them."""

import re

WORD = re.compile(r"[^\W\d_][^\W_]+(?:-[^\W_]+)*")


def word_key(word: str) -> str:
    """One key for all spellings of a word: the singular, case-folded."""
    word = word.casefold()
    if len(word) <= 3 or word[-1] != "s" or word[-2] in "aiousy":  # noqa: PLR2004  "gas", "bias"
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]


def distinct_words(*texts: str) -> list[str]:
    """The keys of all words of the texts, each once, in alphabetical order."""
    return sorted({word_key(word) for word in {each for text in texts for each in WORD.findall(text)}})
