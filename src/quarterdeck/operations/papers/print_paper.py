"""print_pdf: a paper as a PDF, set by the typesetter and with its charts drawn."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.remember import remembered
from quarterdeck.report.charts.theme import LIGHT, concrete
from quarterdeck.report.papers.paper import Paper, Picture, Pictures
from quarterdeck.report.papers.typeset import TIGHTEST, to_typst

_VEGA_LITE = "6.4"
_log = logging.getLogger(__name__)


def print_pdf(paper: Paper) -> bytes:
    """The paper as PDF; the same paper gives the same bytes on one machine. One page gets the largest letters with which it fits its sheet.

    Raises Refused where the typesetter is not installed.
    """
    try:
        import typst
    except ImportError as error:
        raise Refused("PDF needs the typesetter.", fix='Install it with `pip install "quarterdeck[report]"`.', code="PAPER-901") from error
    drawn = _drawn(paper)
    fonts = remembered("typesetter's fonts", "", typst.Fonts)
    source = to_typst(paper, drawn=drawn).encode()
    for tightness in range(1, TIGHTEST + 1) if paper.is_one_page else ():
        if _sheets(typst.compile(source, format="svg", font_paths=fonts)) == 1:
            break
        source = to_typst(paper, tightness=tightness, drawn=drawn).encode()
    pdf: bytes = typst.compile(source, font_paths=fonts)
    return pdf


def _sheets(drawn: bytes | list[bytes]) -> int:
    return len(drawn) if isinstance(drawn, list) else 1


def _drawn(paper: Paper) -> Mapping[str, str]:
    """SVG of each picture, in the colours of print; "" of one that cannot be drawn, whose words are printed in its place."""
    blocks = [block for section in paper.sections for block in section.blocks if isinstance(block, Pictures)]
    return {picture.id: _svg(picture) for block in blocks for picture in block.pictures}


def _svg(picture: Picture) -> str:
    try:
        spec = concrete(picture.spec, LIGHT)
        spec = {**spec, "config": {**spec["config"], "font": "Liberation Sans, Arial, DejaVu Sans"}}
        text = json.dumps(spec, sort_keys=True)
        return remembered("chart of a paper", text, lambda: _converted(text))
    except Exception:  # whatever the renderer trips over, the paper still tells in words what there is to see
        _log.exception("A chart of a paper could not be drawn; its words are printed in its place.")
        return ""


def _converted(spec: str) -> str:
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE, allowed_base_urls=[])
    return svg
