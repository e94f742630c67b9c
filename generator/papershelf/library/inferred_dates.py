"""Dates of publication that nobody gives: an arXiv id tells the month in which its paper appeared there."""

from dataclasses import replace

from papershelf.core import arxiv_ids
from papershelf.core.model import Paper


def dated_by_arxiv(paper: Paper) -> Paper:
    """The paper; if it has an arXiv id and no date, with the month of that id, marked as inferred."""
    if paper.published or not paper.arxiv:
        return paper
    return replace(
        paper,
        published=arxiv_ids.month(paper.arxiv),
        published_inferred=True,
        origin={**paper.origin, "published": paper.origin["arxiv"]},
    )
