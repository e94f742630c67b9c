"""A digest as a message in text and HTML; its styles are inline, as mail clients drop all others."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from markupsafe import Markup, escape

from papershelf.digest.news import Anchor, Item, News, Section

_BODY: Final = "font:16px/1.5 sans-serif;color:#1c1c1c;max-width:40em;margin:0 auto;padding:16px"
_SMALL: Final = "margin:2px 0;font-size:14px;color:#595959"
_HEADING: Final = "font-size:18px;margin:28px 0 8px;border-bottom:1px solid #ddd"
_LINK: Final = "color:#3949ab"


def letter(news: News, sender: Address | None, to: str, name: str, now: datetime) -> EmailMessage:
    """The message; without `sender` or `to` it is a draft. `name` makes its id the same at every try."""
    made = EmailMessage(policy=SMTP)
    made["Subject"] = " ".join(news.subject.split())
    made["Date"] = format_datetime(now)
    made["Message-ID"] = f"<{news.id}.{name}@{sender.domain if sender else 'papershelf.invalid'}>"
    if sender:
        made["From"] = sender
    if to:
        made["To"] = Address(addr_spec=to)
    made.set_content(plain(news), cte="quoted-printable")
    made.add_alternative(html(news), subtype="html", cte="quoted-printable")
    return made


def plain(news: News) -> str:
    """The digest as text."""
    parts = [f"{news.title}\n{news.lead}"]
    for section in news.sections:
        items = "\n\n".join("\n".join(_lines(item)) for item in section.items)
        more = f"\n\n{_text_of(section.more)}" if section.more.text else ""
        parts.append(f"{section.title}\n{'-' * len(section.title)}\n\n{items}{more}")
    return "\n\n\n".join(filter(None, [*parts, _text_of(news.all), news.why])) + "\n"


def html(news: News) -> str:
    """The digest as HTML."""
    title = escape(news.title)
    head = Markup('<p style="{}">{}</p>').format(_SMALL, news.lead)
    foot = Markup('<p style="{}">{}</p><p style="{}">{}</p>').format(
        _SMALL, _linked(news.all), _SMALL, news.why
    )
    sections = Markup().join(_section(section) for section in news.sections)
    return Markup(
        '<!doctype html>\n<html><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>{}</title></head>\n'
        '<body style="margin:0"><div style="{}">\n<h1 style="font-size:24px;margin:0">{}</h1>\n{}\n{}\n{}\n'
        "</div></body></html>\n"
    ).format(title, _BODY, title, head, sections, foot)


def _section(section: Section) -> Markup:
    items = Markup().join(_item(item) for item in section.items)
    more = Markup('<p style="{}">{}</p>\n').format(_SMALL, _linked(section.more)) if section.more.text else ""
    return Markup('<h2 style="{}">{}</h2>\n{}{}').format(_HEADING, section.title, items, more)


def _item(item: Item) -> Markup:
    facts = Markup(" · ").join([*([escape(item.facts)] if item.facts else []), *map(_linked, item.code)])
    summary = Markup('<p style="margin:2px 0">{}</p>\n').format(item.summary) if item.summary else ""
    small = Markup('<p style="{}">{}</p>\n').format(_SMALL, facts) if facts else ""
    return Markup('<p style="margin:14px 0 2px"><strong>{}</strong></p>\n{}{}').format(
        _linked(item.title), small, summary
    )


def _linked(anchor: Anchor) -> Markup:
    if not anchor.href:
        return escape(anchor.text)
    return Markup('<a style="{}" href="{}">{}</a>').format(_LINK, anchor.href, anchor.text)


def _lines(item: Item) -> list[str]:
    known = (item.title.text, item.facts, item.summary, item.title.href, *(link.href for link in item.code))
    return [line for line in known if line]


def _text_of(anchor: Anchor) -> str:
    return f"{anchor.text}: {anchor.href}" if anchor.href else anchor.text
