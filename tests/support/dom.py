"""A page as browsers see it, to compare pages by."""

from html.parser import HTMLParser


class Dom(HTMLParser):
    """The elements, attributes and texts of a page, white space as browsers show it; cards without ids."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: list[object] = []
        self.in_card = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_card |= tag == "article" and "ps-card" in str(dict(attrs).get("class"))
        kept = [(name, value) for name, value in attrs if name != "id" or not self.in_card]
        self.nodes.append((tag, sorted(kept, key=repr)))

    def handle_endtag(self, tag: str) -> None:
        self.in_card &= tag != "article"
        self.nodes.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.nodes.append(" ".join(data.split()))
