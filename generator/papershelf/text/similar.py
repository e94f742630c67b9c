"""Suggestions for a mistyped name: the known names most similar to it. Scores go from 0 to 100."""

from collections.abc import Iterable, Mapping
from typing import Final

LIKELY: Final = 60.0
_MOST_SUGGESTED: Final = 3


def closest_word(word: str, words: Iterable[str]) -> str:
    """The word with the fewest differing letters, "" if none is `LIKELY`."""
    best = _similar(word, {each: each for each in words}, least=LIKELY, most=1)
    return best[0][1] if best else ""


def closest_name(name: str, names: Iterable[str], least: float = LIKELY) -> str:
    """The most similar name, also where `name` is only a part of it; "" if none scores `least`."""
    best = _similar(name, {each: each for each in names}, least=least, most=1, in_part=True)
    return best[0][1] if best else ""


def closest_ids(name: str, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Up to three ids, the best first, whose id or title is `LIKELY` to be meant; `titles` are by id."""
    by_title = _similar(name, titles, least=LIKELY, most=_MOST_SUGGESTED, in_part=True)
    by_id = _similar(name, {each: each for each in titles}, least=LIKELY, most=_MOST_SUGGESTED)
    ids = dict.fromkeys(paper_id for _, paper_id in sorted([*by_title, *by_id], reverse=True))
    return tuple(ids)[:_MOST_SUGGESTED]


def _similar(
    name: str, candidates: Mapping[str, str], *, least: float, most: int, in_part: bool = False
) -> list[tuple[float, str]]:
    """Scores and keys of the candidates most similar to `name`, the best first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  takes 20 ms to import, and only mistakes need it

    scorer = fuzz.WRatio if in_part else fuzz.ratio
    found = process.extract(name, candidates, scorer=scorer, limit=most, score_cutoff=least)
    return [(score, key) for _, score, key in found]
