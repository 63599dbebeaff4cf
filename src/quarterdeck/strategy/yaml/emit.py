"""Plain data as YAML that people like to read: one field a line, short lists in brackets, long texts as blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

_SHORT_LIST = 100
_NO_FOLDING = 1_000_000
_ODD_LINE_END = re.compile(r"[\t\x85\u2028\u2029]")
_NEEDS_QUOTES = re.compile(r"\d\d:\d\d|y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|[?:-].*|.*[\x85\xa0\u2028\u2029].*|.*\n.*", re.DOTALL)
"""Clock times and words that older YAML readers take for numbers and truths, signs that begin a key or a member within brackets, and signs
that some readers take for line ends."""


class _Representer(RoundTripRepresenter):
    """Decimals as plain digits; nothing as `null`; never an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_decimal(representer: RoundTripRepresenter, number: Decimal) -> Any:
    digits = format(number, "f")
    return representer.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in digits else 'int'}", digits)


def _represent_none(representer: RoundTripRepresenter, nothing: None) -> Any:
    return representer.represent_scalar("tag:yaml.org,2002:null", "null")


_Representer.add_representer(Decimal, _represent_decimal)
_Representer.add_representer(type(None), _represent_none)


def render_block(plain: Mapping[str, Any] | list[Any]) -> str:
    """Lines of YAML, the last one ended; two spaces a level."""
    return _dump(_styled(plain, in_flow=False))


def render_flow(value: Any) -> str:
    """`value` on one line, fit to stand after a colon or between brackets: a scalar, or a list or group in brackets."""
    flow = _in_brackets(_styled({"x": value}, in_flow=True))
    if isinstance(value, str) and render_block({"x": value}) != f"x: {flow}\n":
        return _in_brackets(CommentedMap(x=DoubleQuotedScalarString(value)))
    return flow


def _in_brackets(styled: CommentedMap) -> str:
    styled.fa.set_flow_style()
    return _dump(styled).strip().removeprefix("{x: ").removesuffix("}")


def _dump(styled: Any) -> str:
    yaml = YAML(typ="rt", pure=True)
    yaml.Representer = _Representer
    yaml.width = _NO_FOLDING
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(styled, out)
    return out.getvalue()


def _styled(value: Any, *, in_flow: bool) -> Any:
    if isinstance(value, Mapping):
        group = CommentedMap((key, _styled(member, in_flow=in_flow)) for key, member in value.items())
        if in_flow or not value:
            group.fa.set_flow_style()
        return group
    if isinstance(value, list):
        is_flow = in_flow or _is_short(value)
        listing = CommentedSeq(_styled(member, in_flow=is_flow) for member in value)
        if is_flow:
            listing.fa.set_flow_style()
        return listing
    return _styled_text(value, in_flow=in_flow) if isinstance(value, str) else value


def _styled_text(text: str, *, in_flow: bool) -> str:
    if not in_flow and _reads_as_block(text):
        return cast(str, LiteralScalarString(text))
    return cast(str, DoubleQuotedScalarString(text)) if _NEEDS_QUOTES.fullmatch(text) else text


def _reads_as_block(text: str) -> bool:
    """True for several lines that come back from a literal block exactly as they went in."""
    if "\n" not in text or text[0].isspace() or text.endswith("\n\n") or _ODD_LINE_END.search(text):
        return False
    return all(not line or line.strip() for line in text.split("\n"))


def _is_short(members: list[Any]) -> bool:
    """True for an empty list, and for one of ids, codes or dates that fits on a line."""
    if not all(isinstance(member, str | date | Decimal | int) for member in members):
        return False
    words = [str(member) for member in members]
    return not any(" " in word or "\n" in word for word in words) and sum(len(word) + 2 for word in words) <= _SHORT_LIST
