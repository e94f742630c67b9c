"""What is a paper in a list that people keep: an item or a row of a table with a link to one.

Readers of Markdown and HTML give the list as blocks; what they say is told here, once for both.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

from papershelf.sources.paper_links import ARXIV_ID, PaperLink, paper_link

BlockKind = Literal["heading", "paragraph", "item", "row"]


class Run(NamedTuple):
    """A piece of a text: whether it is a link, and whether it is emphasised."""

    text: str
    url: str = ""
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an item of a list without those within it, or a row of a table.

    depth: how many lists are around it; of a heading its level.
    cells: of a row, with the names of the `columns` above them.
    """

    kind: BlockKind
    line: int
    runs: tuple[Run, ...] = ()
    depth: int = 0
    cells: tuple[tuple[Run, ...], ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All that it says."""
        return "".join(run.text for run in (*self.runs, *(run for cell in self.cells for run in cell)))

    @property
    def links(self) -> tuple[Run, ...]:
        """Its links."""
        return tuple(run for runs in (self.runs, *self.cells) for run in runs if run.url)


_BARE_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'`\\{}|^\[\]\u3000-\u303f\uff00-\uffef]+")
_WORD: Final = re.compile(
    r"paper|papers|other|pdf|link|links|arxiv|ar5iv|arxiv\.org|abs|abstract|html|doi|url|here|read|article"
    r"|preprint|publication|manuscript|openreview|acl|anthology|cvf|ieee|xplore|acm|springer"
    r"|sciencedirect|pmlr|biorxiv|medrxiv|huggingface|hf|code|github|gitlab|git|repo|repository"
    r"|implementation|official|project|page|web|webpage|website|homepage|home|site|demo|data|dataset"
    r"|datasets|benchmark|video|youtube|talk|slides|slide|ppt|poster|blog|post|media|model|models"
    r"|weights|checkpoint|checkpoints|bib|bibtex|cite|citation|supp|suppl|supplementary|supplement"
    r"|material|appendix|colab|notebook|review|tensorflow|pytorch|jax|keras|star|stars|download|full"
    r"|text|view|source|original|version|extended|long|short|journal|conference|the|a|to|of|and|or|in"
    r"|on|published|twitter|x|thread|news|semantic|scholar|alphaxiv|kaggle|leaderboard|tutorial|space"
    r"|spaces|docs|documentation|open|access|oral|spotlight|论文|代码|链接|主页|项目|项目主页|数据集|解读|视频|原文|论文链接|代码链接"
)
_BESIDE: Final = re.compile(
    r"\b(?:slides?|ppt|posters?|supp|suppl\w*|appendix|code|github|video|talk|data(?:sets?)?|bib(?:tex)?|citation)\b",
    re.IGNORECASE,
)
_ID: Final = re.compile(
    rf"(?:arxiv\s*[:\s]\s*)?{ARXIV_ID}(?:v[0-9]+)?|(?:doi:\s*)?10\.[0-9]{{4,9}}/\S+", re.IGNORECASE
)
_EDGES: Final = (
    " \t\r\n[](){}<>|:,.;*_`~\"'-\u2022\u00b7\u2013\u2014\u201c\u201d\u2018\u2019"
    "\u3001\u3002\uff0c\uff1a\uff08\uff09"
)
_LABEL: Final = re.compile(r"\W{0,4}\w{1,14}\s?[:\uff1a]")
_LONGEST_LABEL: Final = 30
_MOST_WORDS: Final = 5  # of a label
LONGEST: Final = 5_000  # characters of an item that are looked at


def with_bare_addresses(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs, addresses that stand in text as links of their own."""
    found: list[Run] = []
    for run in runs:
        if run.url or "://" not in run.text:
            found.append(run)
            continue
        end = 0
        for address in _BARE_ADDRESS.finditer(run.text):
            url = address[0].rstrip(".,;:!?*")
            url = url if "(" in url else url.rstrip(")")
            found += [run._replace(text=run.text[end : address.start()]), run._replace(text=url, url=url)]
            end = address.start() + len(url)
        found.append(run._replace(text=run.text[end:]))
    return tuple(run for run in joined(found) if run.text or run.url)


def joined(runs: Sequence[Run]) -> list[Run]:
    """The runs, neighbours of one kind, such as the parts of a link's text, as one."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        is_one_link = last and run.url and last.url == run.url
        if last and (is_one_link or (last[1:] == run[1:] and not run.url)):
            found[-1] = last._replace(text=last.text + run.text)
        else:
            found.append(run)
    return found


def is_label(text: str) -> bool:
    """Whether a text says what a link leads to instead of what the paper is called."""
    text = text.strip(_EDGES)
    if not text or "://" in text or _ID.fullmatch(text):
        return True
    words = re.split(r"[\s/|,+&-]+", text.lower())
    bare = [word for word in (word.strip(_EDGES + "0123456789#") for word in words) if word]
    return len(words) <= _MOST_WORDS and all(map(_WORD.fullmatch, bare))


def papers_in(links: Sequence[Run]) -> Iterator[tuple[Run, PaperLink]]:
    """The links that lead to a paper, not to what lies beside it: slides, supplements."""
    for run in links:
        found = paper_link(run.url)
        is_beside = "://" not in run.text and is_label(run.text) and _BESIDE.search(run.text)
        if found and not is_beside:
            yield run, found


def merged(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; those that hold only links of the paper before them, in two lines or more, joined to it."""
    before: Block | None = None
    for block in blocks:
        if before and _belongs_to(before, block):
            before = replace(before, runs=(*before.runs, Run("\n"), *block.runs))
            continue
        if before:
            yield before
        before = block if block.kind in {"paragraph", "item"} else None
        if not before:
            yield block
    if before:
        yield before


def _belongs_to(before: Block, block: Block) -> bool:
    if block.kind not in {"paragraph", "item"} or len(before.text) > LONGEST:
        return False
    is_inside = block.depth > before.depth
    if before.kind == "paragraph" and not (before.runs[:1] and (before.runs[0].bold or before.runs[0].url)):
        return False
    has_paper = any(papers_in(before.links))
    if all(is_label(run.text) for run in before.runs):
        return is_inside and has_paper and not any(papers_in(block.links))
    return (is_inside or not has_paper) and _is_only_links(block)


def _is_only_links(block: Block) -> bool:
    """Whether a block names nothing of its own: labels with their links, or without one yet."""
    text = "".join(run.text for run in block.runs if not run.url)
    if not block.links:
        return len(text) <= _LONGEST_LABEL and bool(_LABEL.match(text))
    return all(is_label(run.text) for run in block.links) and (
        is_label(text) or bool(len(text) <= _LONGEST_LABEL and _LABEL.match(text))
    )
