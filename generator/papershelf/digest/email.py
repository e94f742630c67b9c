"""A digest as an e-mail message in text and HTML; styles are inline, as mail clients drop all others."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from markupsafe import Markup, escape

from papershelf.core.problems import GeneratorError
from papershelf.digest.headers import header_names, header_text
from papershelf.digest.news import Digest
from papershelf.views.components import Anchor
from papershelf.views.news import NewsItem, NewsSection

_BODY: Final = "font:16px/1.5 sans-serif;color:#1c1c1c;max-width:40em;margin:0 auto;padding:16px"
_SMALL: Final = "margin:2px 0;font-size:14px;color:#595959"
_HEADING: Final = "font-size:18px;margin:28px 0 8px;border-bottom:1px solid #ddd"
_LINK: Final = "color:#3949ab"


def message(digest: Digest, sender: Address | None, to: str, recipient_id: str, now: datetime) -> bytes:
    """The message; without `sender` or `to` it is a draft.

    `recipient_id` makes the Message-ID the same at every attempt. Raises GeneratorError if the finished
    message would have other headers than those set here.
    """
    email = EmailMessage(policy=SMTP)
    email["Subject"] = header_text(digest.subject)
    email["Date"] = format_datetime(now)
    email["Message-ID"] = f"<{digest.id}.{recipient_id}@{sender.domain if sender else 'papershelf.invalid'}>"
    if sender:
        email["From"] = sender
    if to:
        email["To"] = Address(addr_spec=to)
    email.set_content(as_text(digest), cte="quoted-printable")
    email.add_alternative(as_html(digest), subtype="html", cte="quoted-printable")
    finished = email.as_bytes()
    if header_names(finished) != [name.lower() for name in email]:
        raise GeneratorError("the digest's title would change the headers of the message: change the title")
    return finished


def as_text(digest: Digest) -> str:
    """The digest as text."""
    parts = [f"{digest.title}\n{digest.lead}"]
    for section in digest.sections:
        title, papers = section.topic.text, "\n\n".join("\n".join(_lines(item)) for item in section.items)
        more = f"\n\n{_anchor_text(_more(section))}" if section.more else ""
        parts.append(f"{title}\n{'-' * len(title)}\n\n{papers}{more}")
    return "\n\n\n".join(filter(None, [*parts, _anchor_text(digest.all), digest.why])) + "\n"


def as_html(digest: Digest) -> str:
    """The digest as HTML."""
    title = escape(digest.title)
    head = Markup('<p style="{}">{}</p>').format(_SMALL, digest.lead)
    foot = Markup('<p style="{}">{}</p><p style="{}">{}</p>').format(
        _SMALL, _anchor_html(digest.all), _SMALL, digest.why
    )
    sections = Markup().join(_section_html(section) for section in digest.sections)
    return Markup(
        '<!doctype html>\n<html><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>{}</title></head>\n'
        '<body style="margin:0"><div style="{}">\n<h1 style="font-size:24px;margin:0">{}</h1>\n{}\n{}\n{}\n'
        "</div></body></html>\n"
    ).format(title, _BODY, title, head, sections, foot)


def _section_html(section: NewsSection) -> Markup:
    papers = Markup().join(_item_html(item) for item in section.items)
    more = Markup()
    if section.more:
        more = Markup('<p style="{}">{}</p>\n').format(_SMALL, _anchor_html(_more(section)))
    return Markup('<h2 style="{}">{}</h2>\n{}{}').format(_HEADING, section.topic.text, papers, more)


def _more(section: NewsSection) -> Anchor:
    """The link to the papers that are not shown."""
    return Anchor(section.more, section.topic.href)


def _item_html(item: NewsItem) -> Markup:
    facts = Markup(" · ").join([*([escape(item.facts)] if item.facts else []), *map(_anchor_html, item.code)])
    summary = Markup('<p style="margin:2px 0">{}</p>\n').format(item.summary) if item.summary else ""
    small = Markup('<p style="{}">{}</p>\n').format(_SMALL, facts) if facts else ""
    return Markup('<p style="margin:14px 0 2px"><strong>{}</strong></p>\n{}{}').format(
        _anchor_html(item.link), small, summary
    )


def _anchor_html(anchor: Anchor) -> Markup:
    if not anchor.href:
        return escape(anchor.text)
    return Markup('<a style="{}" href="{}">{}</a>').format(_LINK, anchor.href, anchor.text)


def _lines(item: NewsItem) -> list[str]:
    known = (item.link.text, item.facts, item.summary, item.link.href, *(link.href for link in item.code))
    return [line for line in known if line]


def _anchor_text(anchor: Anchor) -> str:
    return f"{anchor.text}: {anchor.href}" if anchor.href else anchor.text
