"""Names of people as running text lists them: `Ada Fern, Bo Moss and Cy Oak`, `Ada Fern et al`."""

import re
from typing import Final

_ET_AL: Final = re.compile(r"[\s,;&]*\b(?:et[\s.]{0,2}al|and others|and colleagues)\b[.\s]*", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*(?:[;|\u00b7\u3001\uff0c]|,?\s+(?:and|&)\s+|,)\s*", re.IGNORECASE)
_REMARK: Final = re.compile(
    r"\s*[(\[{][^()\[\]{}]{0,80}[)\]}]|[*\u2020\u2021\u00a7\u00b6\u00b9\u00b2\u00b3\u2074\u2075]|(?<=[a-z])[0-9]{1,2}\b"
)
_PARTICLE: Final = (
    r"(?:de|da|do|dos|del|della|den|der|di|du|el|la|le|van|von|vom|zu|zur|bin|ibn|al|ter|ten|y)"
)
_WORD: Final = r"(?:[^\W\d_a-z][\w'\u2019.-]{0,30}|(?:d|al|el|O)['\u2019-][^\W\d_][\w'\u2019-]{0,30})"
_NAME: Final = re.compile(rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{1,4}}(?:,?\s+(?:Jr|Sr)\.?)?")
_GIVEN: Final = r"[^\W\d_](?:[\w'\u2019-]{0,30}|\.)"
_INVERTED: Final = re.compile(rf"[^\W\d_][\w'\u2019 -]{{1,40}},\s*{_GIVEN}(?:[\s.-]+{_GIVEN}){{0,3}}\.?")
_NO_NAMES: Final = re.compile(
    r"\b(?:best|paper|award|oral|spotlight|poster|highlight|workshop|conference|journal|proceedings|survey|code"
    r"|available|preprint|report|technical|university|institute|arxiv|learning|network|networks|model|models"
    r"|neural|language|vision|data|dataset|benchmark|project|page|release|coming|soon|tech|blog|demo|transactions"
    r"|findings|track|symposium|international|advances|letters|review|nature|science)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 50  # characters of a name
_MOST: Final = 10_000  # characters of a list of names


def names_in(text: str, *, certain: bool = False) -> tuple[str, ...]:
    """The names that a text lists, in order, and “et al.” if it ends so; () if it is something else.

    certain: that it lists names is known, as of a column of authors: then nothing is left out.
    """
    text = " ".join(_REMARK.sub("", text[:_MOST]).split()).strip(" .,;:-\u2013\u2014")
    rest = _ET_AL.sub("", text) if (more := bool(_ET_AL.search(text))) else text
    if not rest:
        return ()
    between = re.compile(";") if ";" in rest else _BETWEEN
    names = tuple(name.strip() for name in between.split(rest) if name.strip(" ."))
    if certain and _INVERTED.fullmatch(rest) and not all(" " in name for name in names):
        return (rest,)
    if not certain and not (names and _are_names(names, rest, more=more)):
        return ()
    return (*names, "et al.") if more else names


def _are_names(names: tuple[str, ...], text: str, *, more: bool) -> bool:
    if more and len(names) == 1:
        return len(text) <= _LONGEST and not re.search(r"[0-9]", text)
    return all(
        _NAME.fullmatch(name) or (";" in text and _INVERTED.fullmatch(name)) for name in names
    ) and not _NO_NAMES.search(text)
