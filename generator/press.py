"""Pages to files: Markdown and HTML side by side, on all cores."""

import multiprocessing
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment

from generator import frames, render, urls, write
from generator.frames import Filling, Frame, Place
from generator.hypertext import hypertext
from generator.pages.page import Page
from generator.pages.words import Words

ALONE: Final = 500
PORTION: Final = 100


@dataclass(frozen=True, slots=True)
class Plates:
    """What all pages are printed with: `sections` are the paths of the navigation's pages.

    `description` stands in the head of pages that have none of their own.
    """

    templates: Path
    words: Words
    frames: Mapping[Place, Frame]
    sections: frozenset[str]
    description: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A page that was written: its path and the relative links on it."""

    path: str
    links: tuple[str, ...]


def press(pages: Sequence[Page], plates: Plates, out: Path) -> list[Printed]:
    """Write every page's Markdown and HTML into `out`, in which none of them is yet."""
    if len(pages) <= ALONE or (cores := _cores()) == 1:
        return list(_print(pages, plates, render.environment(plates.templates, plates.words), out))
    portions = [slice(start, start + PORTION) for start in range(0, len(pages), PORTION)]
    forks = sys.platform == "linux"  # elsewhere a fork is not safe, and workers get the pages pickled
    with ProcessPoolExecutor(
        cores, multiprocessing.get_context("fork" if forks else "spawn"), _start, (pages, plates, out)
    ) as workers:
        return [printed for portion in workers.map(_portion, portions) for printed in portion]


def _print(pages: Sequence[Page], plates: Plates, templates: Environment, out: Path) -> Iterator[Printed]:
    for page in pages:
        skeleton = render.skeleton(page, templates)
        content = hypertext(skeleton)
        filling = Filling(
            title=page.title,
            description=page.description or plates.description,
            heading=content.first,
            content=content.html,
            address=urls.address(page.path),
        )
        frame = plates.frames[frames.place(page.path, page.theme, plates.sections)]
        write.write_new(out, page.path, render.with_front_matter(page, skeleton).encode())
        write.write_new(out, urls.html(page.path), frames.fill(frame, filling).encode())
        yield Printed(page.path, content.links)


@dataclass(frozen=True, slots=True)
class _Worker:
    """What a worker process holds from its start."""

    pages: Sequence[Page]
    plates: Plates
    templates: Environment
    out: Path


_worker: list[_Worker] = []


def _start(pages: Sequence[Page], plates: Plates, out: Path) -> None:
    _worker[:] = [_Worker(pages, plates, render.environment(plates.templates, plates.words), out)]


def _portion(portion: slice) -> list[Printed]:
    here = _worker[0]
    return list(_print(here.pages[portion], here.plates, here.templates, here.out))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
