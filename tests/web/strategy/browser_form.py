"""What a browser would send for a form of a page: the fields that are filled in, as a person left them."""

from __future__ import annotations

from collections import defaultdict
from html.parser import HTMLParser


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: dict[str, dict[str, list[str]]] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._form: dict[str, list[str]] | None = None
        self._area: str | None = None
        self._text = ""
        self._select: tuple[str, list[str], list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag == "form":
            self._form = defaultdict(list)
            self.forms[given.get("action") or ""] = self._form
        if self._form is None:
            return
        name, kind = given.get("name"), given.get("type") or "text"
        if tag == "input" and name and kind not in ("submit", "file") and (kind not in ("checkbox", "radio") or "checked" in given):
            self._form[name].append(given.get("value") or ("on" if kind == "checkbox" else ""))
        elif tag == "textarea" and name:
            self._area, self._text = name, ""
        elif tag == "select" and name:
            self._select = (name, [], [])
        elif tag == "option" and self._select is not None:
            self._select[1].append(given.get("value") or "")
            if "selected" in given:
                self._select[2].append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._area is not None and self._form is not None:
            self._form[self._area].append(self._text.removeprefix("\n").replace("\n", "\r\n"))
            self._area = None
        elif tag == "select" and self._select is not None and self._form is not None:
            name, options, chosen = self._select
            self._form[name] += chosen or options[:1]
            self._select = None


def forms_of(html: bytes) -> dict[str, dict[str, list[str]]]:
    """Action -> what would be sent by pressing the form's button with nothing touched."""
    parser = _Forms()
    parser.feed(html.decode())
    return {action: dict(fields) for action, fields in parser.forms.items()}


def tags_of(html: bytes) -> list[tuple[str, dict[str, str | None]]]:
    """Every tag with its attributes, in order."""
    parser = _Forms()
    parser.feed(html.decode())
    return parser.tags
