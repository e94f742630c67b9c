"""Bar charts: numbers as shapes, which a template draws as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

HEIGHT: Final = 100
SLOT: Final = 10
LOW: Final = 2
ALL_NAMED: Final = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in the units of its chart, y downwards; `label` says in words what it stands for."""

    x: int
    y: int
    height: int
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side: `width` units wide, `HEIGHT` high, in `slots` places of `SLOT` units.

    title: what it counts. label: all that it shows, in words.
    note: what it leaves out. ticks: what stands below: all names, or the first and last.
    top: what full height stands for.
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
    """The chart of values under their names, from left to right.

    most: what a bar of full height stands for; 0 for the largest value. unit: what follows a value in words.
    note: what it leaves out, in words.
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
        ticks=tuple(names if len(names) <= ALL_NAMED else (names[0], names[-1])),
        top=f"{top:,}{unit}",
        note=note,
    )


def percent(part: int, whole: int) -> int:
    """How many of a hundred, rounded; 0 of nothing."""
    return round(100 * part / whole) if whole else 0


def _height(value: int, top: int) -> int:
    return max(LOW, round(HEIGHT * value / top)) if value else 0
