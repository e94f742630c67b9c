"""Apply decisions to papers, and make the papers that curators add by hand."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from papershelf.content.curation import CodeLink, Decision, PlacedDecision
from papershelf.core.fields import FIELDS
from papershelf.core.model import Link, Paper, is_slug
from papershelf.core.problems import Problem
from papershelf.library.inferred_dates import dated_by_arxiv
from papershelf.text import identifiers, links, people, slug

_DECIDED: Final = {field.decision: field.name for field in FIELDS if field.decision}


def apply(paper: Paper, placed: PlacedDecision | None) -> Paper | None:
    """Apply a decision to its paper; None if the decision hides it."""
    if placed and placed.decision.hide:
        return None
    return curated(paper, placed) if placed else paper


def curated(paper: Paper, placed: PlacedDecision) -> Paper:
    """Apply a decision to its paper, hidden or not."""
    decided = placed.decision.model_fields_set
    names = {name: of_paper for name, of_paper in _DECIDED.items() if name in decided}
    changed: dict[str, Any] = {of_paper: getattr(placed.decision, name) for name, of_paper in names.items()}
    origin = {of_paper: placed.fields[name] for name, of_paper in names.items()}
    if "published" in changed:
        changed["published_inferred"] = False
    elif "arxiv" in changed and paper.is_dated_by_arxiv:
        changed |= {"published": None, "published_inferred": False}
    if "authors" in changed:
        changed |= _with_authors(paper, placed.decision)
        origin["more_authors"] = origin["authors"]
        if changed["author_count"]:
            origin["author_count"] = origin["authors"]
    if decided & {"code", "drop_code"}:
        changed["links"] = _with_links(paper.links, placed.decision)
        origin |= {f"links {link.url}": placed.fields["code"] for link in placed.decision.code}
    return dated_by_arxiv(replace(paper, **changed, edit=placed.at, origin={**paper.origin, **origin}))


def _with_authors(paper: Paper, decision: Decision) -> dict[str, Any]:
    """The decided authors, and how many there are: what was listed counts only if these are not all."""
    authors = people.with_orcids(tuple(each.author for each in decision.authors or ()), paper.authors)
    more = decision.more_authors
    listed = paper.author_count if more and (paper.author_count or 0) > len(authors) else None
    return {
        "authors": authors,
        "more_authors": more,
        "author_count": listed if more else len(authors),
    }


def added(paper_id: str, placed: PlacedDecision) -> Paper:
    """A paper that no listing has; its decision is still to be applied."""
    decision = placed.decision
    former = decision.paper if is_slug(decision.paper) else _of_former_title(decision)
    ids = (former,) if former and former != paper_id else ()
    return Paper(id=paper_id, title=decision.title or decision.paper, former_ids=ids)


def _of_former_title(decision: Decision) -> str:
    """The id that a paper had by the title in `paper`, if `title` corrects that; "" if it had none."""
    named_so = not identifiers.parse(decision.paper) and not decision.paper.startswith("http")
    return slug(decision.paper) if named_so and not decision.slug else ""


def completed(paper: Paper, other: Paper) -> Paper:
    """The paper with what only `other` knows, an entry by hand for the same work; its address leads here."""
    empty = [field.name for field in FIELDS if not getattr(paper, field.name)]
    known = {name: value for name in empty if (value := getattr(other, name))}
    if other.links and "links" not in known:
        ours = {links.key(link.url) for link in paper.links}
        known["links"] = (*paper.links, *(link for link in other.links if links.key(link.url) not in ours))
    former = dict.fromkeys((*paper.former_ids, *other.former_ids, other.id))
    return replace(paper, **known, former_ids=tuple(former), origin={**other.origin, **paper.origin})


def drops_unknown(paper: Paper, placed: PlacedDecision | None) -> Iterator[Problem]:
    """A problem for every dropped link that the paper does not have."""
    if placed is None:
        return
    known = {links.key(link.url) for link in paper.links}
    for url in placed.decision.drop_code:
        if links.key(url) not in known:
            has = ", ".join(link.url for link in paper.links) or "none"
            yield Problem(placed.fields["drop_code"], f"'{paper.id}' has no link {url}", f"its links: {has}")


def _with_links(known: Sequence[Link], decision: Decision) -> tuple[Link, ...]:
    """The curator's links, which replace known ones, then the other known links that are not dropped."""
    ours = {links.key(link.url): _with_kind(link) for link in decision.code}
    dropped = {links.key(url) for url in decision.drop_code}
    rest = (link for link in known if links.key(link.url) not in {*ours, *dropped})
    return (*ours.values(), *rest)


def _with_kind(link: CodeLink) -> Link:
    url = links.without_debris(link.url)
    return Link(url=url, kind=link.kind or links.kind(url) or "project", official=link.official)
