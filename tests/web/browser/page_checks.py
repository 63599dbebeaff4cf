"""What is looked at on every page: what axe finds, how wide and heavy it is, whether it moves while it loads, its headings, what can be reached."""

from __future__ import annotations

from typing import Any

from watching import Visit

MOST_SHIFT = 0.02
MOST_BYTES = 300_000
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """options => axe.run(document, options).then(found => found.violations.map(each =>
  ({id: each.id, impact: each.impact, nodes: each.nodes.map(node => [node.target.join(" "), node.failureSummary])})))"""
_MEASURE = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
  const page = document.documentElement, files = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const wide = [...document.querySelectorAll("body *")].filter(each => each.getBoundingClientRect().right > page.clientWidth + 1).slice(0, 4);
  done({
    over: page.scrollWidth - page.clientWidth,
    wide: wide.map(each => each.tagName.toLowerCase() + "." + each.className),
    shift: window.shifted,
    bytes: files.reduce((sum, each) => sum + each.encodedBodySize, 0),
    heads: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(each => each.checkVisibility()).map(each => Number(each.tagName[1])),
    title: document.title, language: page.lang, mains: document.querySelectorAll("main").length,
    ids: [...document.querySelectorAll("[id]")].map(each => each.id),
  });
})))"""


def wrong_on_page(window: Visit, *, has_navigated: bool = True) -> list[str]:
    """Sentences about the page as it stands: width, weight, movement, headings. None when all is well."""
    found: dict[str, Any] = window.page.evaluate(_MEASURE)
    wrong = []
    if found["over"] > 0:
        wrong.append(f"scrolls sideways by {found['over']} px: {found['wide']}")
    if has_navigated and found["shift"] >= MOST_SHIFT:
        wrong.append(f"moves while it loads: {found['shift']:.3f}")
    if found["bytes"] >= MOST_BYTES:
        wrong.append(f"weighs {found['bytes'] / 1000:.0f} kB")
    if found["heads"].count(1) != 1:
        wrong.append(f"has {found['heads'].count(1)} h1")
    leaps = [(before, after) for before, after in zip(found["heads"], found["heads"][1:], strict=False) if after > before + 1]
    if leaps:
        wrong.append(f"headings leap: {leaps}")
    twice = {each for each in found["ids"] if found["ids"].count(each) > 1}
    if twice:
        wrong.append(f"ids twice: {sorted(twice)[:5]}")
    if not found["title"] or not found["language"] or found["mains"] != 1:
        wrong.append(f"title {found['title']!r}, language {found['language']!r}, {found['mains']} main")
    return wrong


def axe_findings(window: Visit, script: str, *, only_contrast: bool = False) -> list[str]:
    """What axe finds, as lines `impact rule: place (what)`; serious and critical ones first."""
    window.page.evaluate(script)
    how = {"type": "rule", "values": ["color-contrast"]} if only_contrast else {"type": "tag", "values": _TAGS}
    found = window.page.evaluate(_RUN, {"runOnly": how, "resultTypes": ["violations"], "elementRef": False})
    order = {"critical": 0, "serious": 1, "moderate": 2}
    lines = []
    for each in sorted(found, key=lambda violation: order.get(violation["impact"], 3)):
        places = "; ".join(f"{target} ({' '.join(summary.split()[4:40])})" for target, summary in each["nodes"][:3])
        lines.append(f"{each['impact']} {each['id']} x{len(each['nodes'])}: {places}")
    return lines
