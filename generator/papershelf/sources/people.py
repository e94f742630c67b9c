"""Authors' names as `Entry` has them: `First Last` or `Last, First`, in braces if not to be split."""

from collections.abc import Iterable
from typing import Final

from papershelf.core.person import is_et_al

ET_AL: Final = "et al."
"""What stands at the end of an entry's authors if there are more."""

_PAIR: Final = 2


def names(written: Iterable[str]) -> tuple[str, ...]:
    """The names without empty ones; “and others”, in whichever words, is `ET_AL`."""
    found = (" ".join(name.split()).strip(";, ") for name in written)
    return tuple(ET_AL if is_et_al(name) else name for name in found if name)


def names_of_records(written: Iterable[str]) -> tuple[str, ...]:
    """The same where persons are `Last, First`: among such names, one without a comma is a group's."""
    found = names(written)
    if not any("," in name for name in found):
        return found
    return tuple(name if "," in name or name == ET_AL else in_braces(name) for name in found)


def in_braces(name: str) -> str:
    """A name that is not to be split."""
    return name if name.startswith("{") and name.endswith("}") else f"{{{name}}}"


def name_of(family: str, given: str, particle: str = "", suffix: str = "") -> str:
    """A person's name from its parts; with a suffix it is `First Last Jr.`, as the other order has none."""
    last = f"{particle} {family}".strip()
    if suffix:
        return " ".join(part for part in (given, last, suffix) if part)
    return f"{last}, {given}" if last and given else last or given


def split_list(cell: str) -> tuple[str, ...]:
    """The names in one text: between semicolons, else “and”, else commas if these separate whole names.

    Two words at least are a whole name: “Kettle, Ada” is one, “Kettle A., Leaf B.” are two.
    """
    if ";" in cell:
        return names_of_records(cell.split(";"))
    for separator in ("|", " and "):
        if separator in cell:
            return names(cell.split(separator))
    pieces = [piece.strip() for piece in cell.split(",") if piece.strip()]
    are_whole = len(pieces) >= _PAIR and all(len(piece.split()) >= _PAIR for piece in pieces)
    return names(pieces if are_whole else [cell])
