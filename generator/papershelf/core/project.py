"""The folders of one reading list."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from papershelf.core.problems import GeneratorError

CONFIG: Final = "site_config.yml"


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of one reading list."""

    root: Path

    @property
    def content(self) -> Path:
        """What machines and people wrote."""
        return self.root / "content"

    @property
    def templates(self) -> Path:
        """How pages look where the project wants it otherwise than Papershelf does; may be missing."""
        return self.root / "templates"

    @property
    def build(self) -> Path:
        """Where a build works; may be deleted at any time."""
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
    """The project in `folder`; raises GeneratorError if there is none."""
    if not (folder / CONFIG).is_file():
        raise GeneratorError(f"{folder} is no reading list: it has no {CONFIG}; name its folder with -C")
    return Project(folder)
