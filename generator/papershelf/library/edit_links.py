"""The link "Improve this page": GitHub's editor on the right file and line, or a new entry begun."""

import textwrap
from urllib.parse import quote, urlencode, urlsplit

from papershelf.core.model import Paper
from papershelf.core.problems import Location

BRANCH = "main"
_TITLE = 200
_HINTS = (
    ("summary", "what the paper does, in our own words"),
    ("note", "why to read it"),
    ("topics", "[topic-id, another-topic]"),
    ("code", "[https://github.com/owner/name]"),
    ("rating", "1 to 5"),
)


def paper_url(repository: str | None, paper: Paper, at: Location | None, branch: str = BRANCH) -> str | None:
    """Where a paper is decided (`at`), else a new file of decisions with an entry for it.

    None if `repository` is no repository on GitHub.
    """
    if at:
        return edit_url(repository, at, branch)
    base = _github(repository)
    if not base:
        return None
    query = urlencode({"filename": f"{paper.id}.yml", "value": stub(paper)}, safe=":/,")
    return f"{base}/new/{quote(branch)}/content/curation?{query}"


def edit_url(repository: str | None, at: Location, branch: str = BRANCH) -> str | None:
    """GitHub's editor at a place in the content; None if `repository` is no repository on GitHub."""
    base = _github(repository)
    line = f"#L{at.line}" if at.line else ""
    return base and f"{base}/edit/{quote(branch)}/{quote(at.file)}{line}"


def stub(paper: Paper) -> str:
    """The YAML of a new entry: it decides nothing until a # is removed."""
    visible = "".join(letter if letter.isprintable() else " " for letter in paper.title)
    title = textwrap.shorten(visible, _TITLE, placeholder="…")
    hints = "".join(f"  # {field}: {words}\n" for field, words in _HINTS)
    return f"# {title}\n# Remove the # in front of a field to fill it in.\n- paper: {paper.id}\n{hints}"


def _github(repository: str | None) -> str | None:
    """`https://github.com/OWNER/NAME`."""
    parts = urlsplit(repository or "")
    steps = [step for step in parts.path.split("/") if step]
    if parts.hostname not in ("github.com", "www.github.com") or len(steps) != 2:  # noqa: PLR2004
        return None
    return f"https://github.com/{steps[0]}/{steps[1].removesuffix('.git')}"
