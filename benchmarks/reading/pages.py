"""What people read on the pages of the cockpit, rendered for prepared companies; tables' bare cells and the company's own words left out."""

from __future__ import annotations

import logging
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reading.grade import Text, pattern_of_names, without_names
from reading.texts import ROOT, own_words

if TYPE_CHECKING:
    from django.test import Client

    from quarterdeck.operations.site import Site

sys.path.insert(0, str(ROOT / "tests" / "web"))
STATES = {"empty": "north-bakery", "planned": "harbour", "played": "harbour", "over": "harbour"}
_HIDDEN = {"script", "style", "svg", "textarea", "option", "select", "code", "pre", "template", "time"}
_INLINE = {"a", "b", "strong", "em", "i", "span", "abbr", "small", "mark", "u", "bdi", "kbd", "sup", "sub"}
_EMPTY = {"br", "hr", "img", "input", "link", "meta", "source", "col", "wbr", "use", "path"}
_SEAM = "\0"
_GLUED = re.compile(rf"(?<=[\w.?!%]){_SEAM}+(?=[\w“(])")
"""Where two parts of a line touch without a space between them: each stands alone on the screen, as links beside each other do."""
_CELLS = {"td", "th"}
_AREAS = ("strategy", "plan", "do", "results", "review", "settings")


class Visible(HTMLParser):
    """The visible text of `main`, of the tour and of the foot, a line for each block; a cell of a table only where it holds a sentence."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a line where the tag is a block."""
        if tag in _EMPTY:
            self._break()
            return
        given = dict(attrs)
        self._open.append("gone" if "hidden" in given or given.get("role") == "tooltip" else tag)
        self._between(tag)

    def handle_endtag(self, tag: str) -> None:
        """Closes the line of a block."""
        if tag in _EMPTY or not self._open:
            return
        self._open.pop()
        if tag in _CELLS and not self.lines[-1].strip().endswith((".", "?", "!")):
            self.lines[-1] = ""
        self._between(tag)

    def handle_data(self, data: str) -> None:
        """Adds what is seen."""
        shown = bool({"main", "aside", "footer"} & set(self._open)) and not ({*_HIDDEN, "gone"} & set(self._open))
        if shown:
            self.lines[-1] += data

    def _between(self, tag: str) -> None:
        if tag in _INLINE:
            self.lines[-1] += _SEAM
        else:
            self._break()

    def _break(self) -> None:
        if self.lines[-1].strip():
            self.lines.append("")
        else:
            self.lines[-1] = ""


def visible_text(html: str) -> str:
    """Its lines, each a block of the page."""
    parser = Visible()
    parser.feed(html)
    lines = _GLUED.sub("\n", "\n".join(parser.lines)).replace(_SEAM, "").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def page_texts(kept: Path | None, states: tuple[str, ...] = tuple(STATES)) -> Iterator[Text]:
    """Every page of the cockpit in each state, as the owner sees it. `kept` is a folder of prepared companies (QUARTERDECK_TEST_SITES)."""
    import conftest  # of tests/web: it prepares the companies

    with tempfile.TemporaryDirectory() as scratch:
        root = kept or Path(scratch) / "prepared"
        root.mkdir(exist_ok=True)
        for state in states:
            folder = Path(scratch) / state
            shutil.copytree(_prepared(conftest, root, state), folder)
            yield from texts_of_site(conftest.open_web_site(folder), state, STATES[state])
            conftest.close_connections()


def texts_of_site(site: Site, state: str, slug: str) -> Iterator[Text]:
    """Every page of one company that can be opened, with its own words as "it"."""
    from addresses import all_addresses

    logging.disable(logging.ERROR)  # what this state does not have is answered with a refusal, which is read too
    client = _signed_in()
    found = all_addresses({**_examples(site, state), "slug": slug})
    paths = {address.path for address in found if address.rule.see or address.rule.kind != "company"}
    names = names_in(slug)
    for path in sorted({*paths, *_steps_and_forms(slug)}):
        yield from texts_of_page(client, path, state, names)


def names_in(slug: str) -> re.Pattern[str] | None:
    """Finds everything that the company wrote itself, and who it is."""
    from world import PEOPLE

    from quarterdeck.ledger.models import Workspace

    return pattern_of_names((*_written_by(slug), Workspace.objects.get(slug=slug).name, *PEOPLE))


def texts_of_page(client: Client, path: str, state: str, names: re.Pattern[str] | None) -> Iterator[Text]:
    """The text of the page, where it is one."""
    answer = client.get(path)
    if answer.status_code < 500 and answer.get("Content-Type", "").startswith("text/html") and b"<main" in answer.content:
        words = path.strip("/").split("/")
        area = words[2] if len(words) > 2 and words[2] in _AREAS else "others"
        yield Text(f"pages: {area}", f"{path} ({state})", without_names(visible_text(answer.content.decode()), names))


def _examples(site: Site, state: str) -> dict[str, str]:
    """What stands for the named parts of addresses: members of Harbour; of a new company, what is surely there."""
    from addresses import _walk
    from django.urls import get_resolver
    from test_every_view import examples

    named = {name for route, _ in _walk(get_resolver().url_patterns, "/") for name in re.findall(r"<(?:\w+:)?(\w+)>", route)}
    sure = {**dict.fromkeys(named, "1"), "name": "objectives", "part": "strategy", "kind": "one-page", "token": "guessed"}
    return sure if state == "empty" else {**sure, **examples(site)}


def _steps_and_forms(slug: str) -> Iterator[str]:
    """All eight steps and the empty form of each sheet; the list of addresses has one of each kind only."""
    from quarterdeck.report.strategy.outline import SHEETS

    yield from (f"/w/{slug}/strategy/step/{number}/" for number in range(1, 9))
    for name, (step, sheet) in SHEETS.items():
        yield f"/w/{slug}/strategy/step/{step.number}/{name}/" if sheet.kind == "single" else f"/w/{slug}/strategy/step/{step.number}/add/{name}/"


def _written_by(slug: str) -> Iterator[str]:
    from quarterdeck.ledger.gateway.revisions import latest_revision
    from quarterdeck.ledger.models import Workspace

    revision = latest_revision(Workspace.objects.get(slug=slug))
    if revision is not None:
        yield from own_words(revision.document)


def _signed_in() -> Client:
    from django.test import Client
    from world import OWNER

    from quarterdeck.ledger.models import Account

    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(person=OWNER))
    return client


def _prepared(conftest: Any, root: Path, state: str) -> Path:
    def find(name: str) -> Path:
        if not (root / name / "ready").exists():
            shutil.rmtree(root / name, ignore_errors=True)
            conftest._MAKERS[name](root / name, find)
            (root / name / "ready").write_text("")
        return root / name

    return find(state)
