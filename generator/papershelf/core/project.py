"""The folders of a reading list."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from papershelf.core.problems import GeneratorError

CONFIG: Final = "site_config.yml"
CONTENT: Final = "content"
EPOCH_VARIABLE: Final = "SOURCE_DATE_EPOCH"
"""The environment variable with a build's date: https://reproducible-builds.org/specs/source-date-epoch/."""


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of the reading list in `root`."""

    root: Path

    @property
    def content(self) -> Path:
        """Everything the site is made from: records, curation, topics, pages."""
        return self.root / CONTENT

    @property
    def templates(self) -> Path:
        """Templates that override those of Papershelf; may be missing."""
        return self.root / "templates"

    @property
    def build(self) -> Path:
        """Where builds keep their caches and work; may be deleted at any time."""
        return self.root / "build"

    @property
    def cache(self) -> Path:
        """What builds computed; may be deleted at any time."""
        return self.build / "cache"

    @property
    def search_cache(self) -> Path:
        """The parts of the search index; may be deleted at any time."""
        return self.build / "search"

    @property
    def spare(self) -> Path:
        """The site published before the last one, brought up to date by the next build."""
        return self.build / "spare"

    @property
    def site(self) -> Path:
        """The published site."""
        return self.root / "site"


def find_project(folder: Path) -> Project:
    """The reading list in `folder`; raises GeneratorError if there is none."""
    if not (folder / CONFIG).is_file():
        raise GeneratorError(f"{folder} is no reading list: it has no {CONFIG}; name its folder with -C")
    return Project(folder)
