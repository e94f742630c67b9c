"""Bar charts: numbers as rectangles, which a template draws as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

HEIGHT: Final = 100
SLOT: Final = 10
MIN_HEIGHT: Final = 2
MOST_TICKS: Final = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in the units of its chart, y downwards; `label` is its name and value in words."""

    x: int
    y: int
    height: int
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from left to right: `slots` slots of `SLOT` units each, `width` units together, `HEIGHT` high.

    title: what is counted. label: all names and values, in words. note: what is left out, in words.
    ticks: the names below the bars: all of them, or the first and last. top: the value of full height.
    """

    title: str
    label: str
    slots: int
    width: int
    bars: tuple[Bar, ...]
    ticks: tuple[str, ...]
    top: str
    note: str


def bars(
    values: Sequence[tuple[str, int]],
    title: str,
    *,
    unit: str = "",
    most: int = 0,
    note: str = "",
) -> Chart:
    """The chart of values with their names, from left to right.

    most: the value of full height, 0 for the largest one. unit: the suffix of values in words.
    note: what is left out, in words.
    """
    names = [name for name, _ in values]
    top = most or max((value for _, value in values), default=0)
    named = [(f"{name}: {value:,}{unit}", value) for name, value in values]
    return Chart(
        title=title,
        label=f"{title}: {'; '.join(name for name, value in named if value)}",
        slots=len(values),
        width=SLOT * len(values),
        bars=tuple(
            Bar(SLOT * place, HEIGHT - height, height, name)
            for place, (name, value) in enumerate(named)
            if (height := _height(value, top))
        ),
        ticks=tuple(names if len(names) <= MOST_TICKS else (names[0], names[-1])),
        top=f"{top:,}{unit}",
        note=note,
    )


def percent(part: int, whole: int) -> int:
    """The part as a rounded percentage of the whole; 0 if the whole is 0."""
    return round(100 * part / whole) if whole else 0


def _height(value: int, top: int) -> int:
    return max(MIN_HEIGHT, round(HEIGHT * value / top)) if value else 0
