"""Long lists split into numbered pages, and the pager that links them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from papershelf.core import urls
from papershelf.views.words import Words

NEIGHBOURS: Final = 2

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class PageStep:
    """One number of a pager. `href` is "" for the page itself; a step without number is a gap."""

    number: str
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Pager:
    """The position of a page among the pages of its list: `range` in words, and links to the others."""

    range: str
    steps: tuple[PageStep, ...] = ()
    previous: str = ""
    next: str = ""


def split(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """Split items into pages of `size`; an empty list makes one empty page."""
    return [items[start : start + size] for start in range(0, len(items), size)] or [items]


def numbered_title(words: Words, title: str, number: int) -> str:
    """The title of page `number` of a list, which names the number from 2 on."""
    return words.numbered_title.format(title=title, number=number) if number > 1 else title


def pager(words: Words, first_page: str, number: int, counts: Sequence[int], total: str) -> Pager:
    """The pager of page `number`, counted from 1.

    first_page: path of the list's first page. counts: number of items on each page. total: number of all
    items, in words.
    """
    if len(counts) == 1:
        return Pager(total)
    page = urls.numbered(first_page, number)

    def href(other: int) -> str:
        exists = 1 <= other <= len(counts) and other != number
        return urls.relative(page, urls.numbered(first_page, other)) if exists else ""

    before = sum(counts[: number - 1])
    return Pager(
        range=words.range.format(first=before + 1, last=before + counts[number - 1], total=total),
        steps=tuple(
            PageStep(str(step), href(step), words.page_number.format(number=step))
            if step
            else PageStep("", "", "")
            for step in shown_numbers(number, len(counts))
        ),
        previous=href(number - 1),
        next=href(number + 1),
    )


def shown_numbers(number: int, last: int) -> list[int]:
    """The page numbers that a pager shows: both ends and the neighbours of `number`; 0 is a gap."""
    shown = [1]
    for after in sorted({last, *range(max(2, number - NEIGHBOURS), min(last, number + NEIGHBOURS + 1))}):
        if after == shown[-1] + 2:
            shown.append(after - 1)
        elif after > shown[-1] + 2:
            shown.append(0)
        if after > 1:
            shown.append(after)
    return shown
