"""An example value for every field of the hand-written files, shown in their headers and JSON Schemas."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

FileKind = Literal["curation", "topics", "collection", "site_config"]

EXAMPLES: Mapping[FileKind, Mapping[str, Any]] = {
    "curation": {
        "paper": "a-garden-that-learns",
        "summary": "A garden that waters itself.",
        "kind": "method",
        "note": "Read *section 3* first.",
        "topics": ["few-shot-learning"],
        "add_topics": ["agents"],
        "drop_topics": ["robotics"],
        "tags": ["classic", "short read"],
        "code": [
            "https://github.com/greenhouse/garden",
            {"url": "https://example.org/seeds", "kind": "dataset", "official": True},
        ],
        "drop_code": ["https://example.org/old"],
        "links": [{"title": "Talk at a garden show", "url": "https://example.org/talk"}],
        "title": "A Garden That Learns",
        "authors": ["Ada Fern", {"name": "Bo Moss", "orcid": "0000-0002-1825-0097"}, "{Meta AI}"],
        "more_authors": True,
        "published": date(2024, 1, 31),
        "venue": "ICML 2024",
        "type": "inproceedings",
        "arxiv": "2401.12340",
        "doi": "10.1000/182",
        "featured": True,
        "status": "read",
        "rating": 4,
        "difficulty": "introductory",
        "hide": "About another kind of garden.",
        "withdrawn": "The proof has a gap.",
        "same_as": "gardens-that-learn",
        "different_from": ["gardens-that-learn-to-learn"],
        "slug": "learning-garden",
    },
    "topics": {
        "id": "few-shot-learning",
        "title": "Few-shot learning",
        "description": "A *handful* of examples.",
        "parent": "representation-learning",
        "aliases": ["low-shot-learning"],
        "related": ["continual-learning"],
        "threshold": 4,
        "order": 1,
        "colour": "#3f51b5",
        "rules": [
            {"weight": 3, "phrases": ["few shot", "meta learn*"]},
            {"weight": 2, "patterns": [r"\b\d+-shot\b"], "only_in": "text"},
            {"weight": 1, "categories": ["cs.LG"]},
            {"weight": -2, "phrases": ["one shot pruning"]},
        ],
    },
    "collection": {
        "title": "Start here: gardens",
        "introduction": "For *first* readers.",
        "papers": [
            {"paper": "a-garden-that-learns", "note": "The idea in short."},
            {"paper": "2401.12340", "note": "What became of it."},
        ],
    },
    "site_config": {
        "title": "Papers for gardeners",
        "description": "What we read about gardens.",
        "url": "https://example.org/papers/",
        "repository": "https://github.com/me/papers",
        "curator": {"name": "Ada Fern", "url": "https://example.org/ada"},
        "mail": "ada@example.org",
        "language": "en",
        "look": {"primary": "teal", "accent": "deep orange", "logo": "garden.svg"},
        "home": {"blocks": ["featured", "newest", "topics"]},
        "pages": {"size": 50, "newest": 10},
        "topics": {"learn": False},
        "publish": {"markdown": "papers", "all_formats": True},
    },
}
