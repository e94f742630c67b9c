"""The link "Improve this page": opens GitHub's editor at the right line, or on a new file with an entry."""

import textwrap
from urllib.parse import quote, urlencode, urlsplit

from papershelf.core.git import MAIN
from papershelf.core.model import Paper
from papershelf.core.problems import Location

_TITLE_LENGTH = 200
_HINTS = (
    ("summary", "what the paper does, in our own words"),
    ("note", "why to read it"),
    ("topics", "[topic-id, another-topic]"),
    ("code", "[https://github.com/owner/name]"),
    ("rating", "1 to 5"),
)


def paper_url(repository: str | None, paper: Paper, at: Location | None, branch: str = MAIN) -> str | None:
    """GitHub's editor at the decision about a paper (`at`), else on a new curation file with an entry for it.

    None if `repository` is not a repository on GitHub.
    """
    if at:
        return edit_url(repository, at, branch)
    base = _repository_url(repository)
    if not base:
        return None
    query = urlencode({"filename": f"{paper.id}.yml", "value": new_entry(paper)}, safe=":/,")
    return f"{base}/new/{quote(branch)}/content/curation?{query}"


def edit_url(repository: str | None, at: Location, branch: str = MAIN) -> str | None:
    """GitHub's editor at a location in the content; None if `repository` is not a repository on GitHub."""
    base = _repository_url(repository)
    line = f"#L{at.line}" if at.line else ""
    return base and f"{base}/edit/{quote(branch)}/{quote(at.file)}{line}"


def new_entry(paper: Paper) -> str:
    """The YAML of a new entry that decides nothing until the # before a field is removed."""
    visible = "".join(letter if letter.isprintable() else " " for letter in paper.title)
    title = textwrap.shorten(visible, _TITLE_LENGTH, placeholder="…")
    hints = "".join(f"  # {field}: {words}\n" for field, words in _HINTS)
    return f"# {title}\n# Remove the # in front of a field to fill it in.\n- paper: {paper.id}\n{hints}"


def _repository_url(repository: str | None) -> str | None:
    """`https://github.com/OWNER/NAME`, None if `repository` is not one on GitHub."""
    parts = urlsplit(repository or "")
    match [step for step in parts.path.split("/") if step]:
        case [owner, name] if parts.hostname in ("github.com", "www.github.com"):
            return f"https://github.com/{owner}/{name.removesuffix('.git')}"
    return None
