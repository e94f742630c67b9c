"""What a decision changes in a paper, and the papers that curators add themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from papershelf.content.curation import CodeLink, Decision, PlacedDecision
from papershelf.core.model import Link, Paper
from papershelf.core.problems import Problem
from papershelf.text import links

_FIELDS = {
    **dict.fromkeys(("summary", "kind", "note", "title", "authors", "published", "venue", "arxiv", "doi")),
    **dict.fromkeys(("topics", "tags", "featured", "status", "rating", "difficulty", "withdrawn")),
    "links": "references",
}


def apply(paper: Paper, placed: PlacedDecision | None) -> Paper | None:
    """The paper as the curator wants it; None if it is hidden."""
    if placed and placed.decision.hide:
        return None
    return curated(paper, placed) if placed else paper


def curated(paper: Paper, placed: PlacedDecision) -> Paper:
    """The paper with what was decided about it, hidden or not."""
    said = placed.decision.model_fields_set
    changed: dict[str, Any] = {
        field or name: getattr(placed.decision, name) for name, field in _FIELDS.items() if name in said
    }
    origin = {field or name: placed.fields[name] for name, field in _FIELDS.items() if name in said}
    if "published" in changed:
        changed["published_inferred"] = False
    if "authors" in changed:
        changed["author_count"] = len(changed["authors"])
        origin["author_count"] = origin["authors"]
    if said & {"code", "drop_code"}:
        changed["links"] = _with_links(paper.links, placed.decision)
        origin |= {f"links {link.url}": placed.fields["code"] for link in placed.decision.code}
    return replace(paper, **changed, edit=placed.at, origin={**paper.origin, **origin})


def added(paper_id: str, placed: PlacedDecision) -> Paper:
    """A paper that no listing has, before the decision is applied to it."""
    return Paper(id=paper_id, title=placed.decision.title or placed.decision.paper)


def drops_unknown(paper: Paper, placed: PlacedDecision | None) -> Iterator[Problem]:
    """A problem for every link to be dropped that the paper does not have."""
    if placed is None:
        return
    known = {links.key(link.url) for link in paper.links}
    for url in placed.decision.drop_code:
        if links.key(url) not in known:
            has = ", ".join(link.url for link in paper.links) or "none"
            yield Problem(placed.fields["drop_code"], f"'{paper.id}' has no link {url}", f"its links: {has}")


def rename(
    papers: Sequence[Paper], decided: Mapping[str, PlacedDecision]
) -> tuple[list[Paper], list[Problem]]:
    """Papers under the new ids that `slug` gives them; a taken or circular one is a problem."""
    new = {
        paper.id: placed.decision.slug
        for paper in papers
        if (placed := decided.get(paper.id)) and placed.decision.slug and placed.decision.slug != paper.id
    }
    owners = {name: paper.id for paper in papers for name in (*paper.former_ids, paper.id)}
    problems: list[Problem] = []
    for paper_id, slug in new.items():
        at = decided[paper_id].fields["slug"]
        if new.get(slug) == paper_id:
            problems.append(
                Problem(at, f"redirects go in a circle: {paper_id} and {slug}", "choose a new slug")
            )
        elif owners.setdefault(slug, paper_id) != paper_id:
            problems.append(Problem(at, f"the slug '{slug}' is taken by '{owners[slug]}'", "choose another"))
    if problems:
        return list(papers), problems
    return [
        replace(paper, id=new[paper.id], former_ids=(*paper.former_ids, paper.id))
        if paper.id in new
        else paper
        for paper in papers
    ], []


def _with_links(known: Sequence[Link], decision: Decision) -> tuple[Link, ...]:
    """The curator's links first; one that is known already is told anew, a dropped one is left out."""
    ours = {links.key(link.url): _link(link) for link in decision.code}
    dropped = {links.key(url) for url in decision.drop_code}
    rest = (link for link in known if links.key(link.url) not in {*ours, *dropped})
    return (*ours.values(), *rest)


def _link(link: CodeLink) -> Link:
    return Link(url=link.url, kind=link.kind or links.kind(link.url) or "project", official=link.official)
