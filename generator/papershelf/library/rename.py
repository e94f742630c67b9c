"""New ids that curators give papers by `slug`; the former ids redirect to them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from papershelf.content.curation import PlacedDecision
from papershelf.core.model import Paper
from papershelf.core.problems import Problem


def rename(
    papers: Sequence[Paper], decided: Mapping[str, PlacedDecision]
) -> tuple[list[Paper], list[Problem]]:
    """The papers under their new ids; unchanged if a new id is taken or two papers swap theirs: a problem."""
    new_ids = {
        paper.id: placed.decision.slug
        for paper in papers
        if (placed := decided.get(paper.id)) and placed.decision.slug and placed.decision.slug != paper.id
    }
    owners = {paper_id: paper.id for paper in papers for paper_id in (*paper.former_ids, paper.id)}
    problems: list[Problem] = []
    for paper_id, slug in new_ids.items():
        at = decided[paper_id].fields["slug"]
        if new_ids.get(slug) == paper_id:
            message = f"redirects go in a circle: {paper_id} and {slug}"
            problems.append(Problem(at, message, "choose a new slug"))
        elif owners.setdefault(slug, paper_id) != paper_id:
            problems.append(Problem(at, f"the slug '{slug}' is taken by '{owners[slug]}'", "choose another"))
    if problems:
        return list(papers), problems
    return [_renamed(paper, new_ids.get(paper.id)) for paper in papers], []


def _renamed(paper: Paper, new_id: str | None) -> Paper:
    return replace(paper, id=new_id, former_ids=(*paper.former_ids, paper.id)) if new_id else paper
