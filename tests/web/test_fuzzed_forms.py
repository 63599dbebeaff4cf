"""Forms filled in by chance: nothing that somebody can type, leave out, add or attach brings the server down or shows what it is made of.

The fields are those of the forms that pages really show; the values are seeded, so that what failed fails again. `make proof` sends many more.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from addresses import all_addresses
from test_every_view import examples, leave_jobs_undone

if TYPE_CHECKING:
    from django.test import Client

POSTS = 5_000 if os.environ.get("QUARTERDECK_PROOF") else 500
GETS = POSTS // 4
MOST_SECONDS = 10
PARTS = 2
"""The posts are shared out, so that several processes can send them."""
LEFT_ALONE = re.compile(r"/health/|/sign-out/|/account/|/sign-in/|/companies/(sample|new|restore)/|/tour/")
"""What would end the session, or make companies; they have tests of their own."""
WRONG: tuple[Any, ...] = (
    "", " ", "0", "-1", "1", "-0.5", "1e309", "-1e309", "NaN", "Infinity", "1.234,56", "1,234.56", "９９", "²", "½", "0x10", "1_000", "9" * 40, "9" * 400,
    "2027-02-30", "2027-13-01", "0000-00-00", "9999-12-31", "10000-01-01", "2027-02-10", "1900-01-01", "25:61", "12:30", "24:00", "-infinity",
    "a" * 5_000, "é" * 300, "\u202eabc", "👩‍👩‍👧‍👦", "ﷺ", "İ", "\u0000", "a\u0000b", "\x1b[31m", "\r\n\r\nSet-Cookie: a=b", "\u2028", "\ufeff",
    "<script>alert(1)</script>", "{{ 7 }}", "{% load x %}", "' OR 1=1 --", '"', "../../etc/passwd", "..", "/", "//other.example/", "https://other.example/",
    "javascript:alert(1)", "other-shop", "true", "null", "None", "[]", "{}", "[1, 2]", "search", "print", "new_customers", "approve", "refuse", "accept",
    "everything", "task/none", "item/none", "money/2027-01-04/search", "=1+1", "0.1", "1" + "0" * 18, "2147483648", "9223372036854775808", "%00", "%s", "\\",
)  # fmt: skip


class Forms(HTMLParser):
    """The forms of a page: address, method, and their fields with the values that they hold."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, str, list[tuple[str, str]]]] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a form or a field of one."""
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((found.get("action", ""), found.get("method", "get").lower(), []))
            self._is_inside = True
        elif self._is_inside and tag in ("input", "select", "textarea", "button") and found.get("name") and found["name"] != "csrfmiddlewaretoken":
            self.forms[-1][2].append((found["name"], found.get("value", "")))
        elif tag == "option" and self._is_inside and self.forms[-1][2] and found.get("value"):
            name, value = self.forms[-1][2][-1]
            self.forms[-1][2][-1] = (name, value or found["value"])

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        if tag == "form":
            self._is_inside = False


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_that_is_posted_brings_the_server_down(played, browser_of: Callable[..., Client], monkeypatch, part):
    leave_jobs_undone(monkeypatch)
    client, chance = browser_of("Olena"), random.Random(20270104 + part)
    client.raise_request_exception = False
    known = _forms_of(client, played)
    routes = [each.path for each in all_addresses(examples(played)) if _may_be_posted(each)]

    failed = []
    for _ in range(POSTS // PARTS):
        path = chance.choice(routes if chance.random() < 0.3 else list(known))
        fields = _mutated(known.get(path, []), chance)
        failed += _wrong_with(lambda path=path, fields=fields: client.post(path, fields), f"POST {path} {_short(fields)}")

    assert failed == []


def test_nothing_that_is_asked_for_brings_the_server_down(played, browser_of):
    client, chance = browser_of("Olena"), random.Random(7)
    client.raise_request_exception = False
    asked = {path: fields for path, fields in _forms_of(client, played, method="get").items() if fields}
    pages = [
        each.path for each in all_addresses(examples(played)) if each.rule.see and "/backup/" not in each.path and not LEFT_ALONE.search(each.path)
    ]
    names = sorted(
        {name for fields in asked.values() for name, _ in fields}
        | {"week", "month", "page", "view", "period", "from", "to", "review", "key", "metric"}
    )

    failed = []
    for _ in range(GETS):
        path = chance.choice(pages if chance.random() < 0.6 else list(asked))
        fields = _mutated(asked.get(path) or [(name, "") for name in chance.sample(names, 3)], chance, with_files=False)
        failed += _wrong_with(lambda path=path, fields=fields: client.get(path, fields), f"GET {path} {_short(fields)}")

    assert failed == []


def _may_be_posted(address: Any) -> bool:
    return (address.rule.kind != "company" or address.rule.act is not None) and not LEFT_ALONE.search(address.path)


def _forms_of(client: Client, site: Any, method: str = "post") -> dict[str, list[tuple[str, str]]]:
    """Address of each form that pages show, with its fields."""
    known: dict[str, list[tuple[str, str]]] = {}
    starts = [
        each.path for each in all_addresses(examples(site)) if each.rule.see and "/backup/" not in each.path and not LEFT_ALONE.search(each.path)
    ]
    more = ["objectives/new_customers/", "channels/search/", "tasks/retouch_pictures/", "campaigns/seed_sale/"]
    steps = [f"/w/harbour/strategy/step/{number}/{rest}" for number, rest in zip((1, 4, 6, 4), more, strict=True)]
    for path in [*starts, *steps, "/w/harbour/strategy/step/6/add/tasks/", "/w/harbour/do/?week=2027-02-01", "/w/harbour/plan/?move=500"]:
        answer = client.get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        page = Forms()
        page.feed(answer.content.decode())
        for action, how, fields in page.forms:
            place = (action or path).partition("#")[0]
            if how == method and not LEFT_ALONE.search(place):
                known.setdefault(place, fields)
    return known


def _mutated(fields: list[tuple[str, str]], chance: random.Random, *, with_files: bool = True) -> dict[str, Any]:
    """The form as somebody might send it: some values wrong, some missing, some twice, some of no form at all."""
    sent: dict[str, Any] = {}
    for name, value in fields:
        sent.setdefault(name, []).append(value)
    wrong = chance.random() * 0.6
    for name in list(sent):
        if chance.random() < wrong:
            sent[name] = _value(chance, with_files=with_files)
        elif chance.random() < 0.05:
            del sent[name]
    if chance.random() < 0.3:
        sent[chance.choice(("back", "key", "revision", "week", "_parent", "page_of", "x", "a[0]", "\u0000", "plan"))] = _value(
            chance, with_files=with_files
        )
    return sent


def _value(chance: random.Random, *, with_files: bool) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    kind = chance.random()
    if kind < 0.05 and with_files:
        name = chance.choice(("a.csv", "../a.yaml", "a", "x" * 300))
        return SimpleUploadedFile(name, chance.choice((b"", b"\x00\xff", b"a,b\n1,2\n", b"objectives: [")))
    if kind < 0.15:
        return [chance.choice(WRONG) for _ in range(3)]
    if kind < 0.2:
        return "".join(chr(chance.choice((chance.randrange(32, 127), chance.randrange(0xA0, 0xD7FF)))) for _ in range(chance.randrange(1, 60)))
    return chance.choice(WRONG)


def _wrong_with(ask: Callable[[], Any], what: str) -> Iterator[str]:
    began = time.monotonic()
    answer = ask()
    took = time.monotonic() - began
    body = b"" if answer.streaming else answer.content
    if answer.status_code >= 500:
        error = getattr(answer, "exc_info", None)
        yield f"{what}: {answer.status_code} {error[1]!r}" if error else f"{what}: {answer.status_code}"
    elif b"Traceback" in body or b"django.core" in body or b"/site-packages/" in body:
        yield f"{what}: shows what it is made of"
    if took > MOST_SECONDS:
        yield f"{what}: took {took:.0f} s"


def _short(fields: dict[str, Any]) -> str:
    return repr({name: str(value)[:60] for name, value in fields.items()})[:700]
