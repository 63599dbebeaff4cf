"""for_browser: what an operation says, with pages in place of the commands of the terminal."""

from __future__ import annotations

import re

_COMMAND = re.compile(r"`quarterdeck (\w+)[^`]*`")
_TWICE = re.compile(r"(the page (“[^”]+”))(?:, then the page \2)+", re.IGNORECASE)
"""Two commands may be one page: nobody is sent from a page to itself."""
_PAGES = {
    "answer": "This quarter",
    "approve": "Do",
    "demo": "Companies",
    "done": "Do",
    "export": "Settings, Backup",
    "fit": "Plan",
    "import": "Settings, Facts",
    "init": "Companies",
    "loads": "Settings, Facts",
    "members": "Settings, People",
    "plan": "Plan",
    "refuse": "Do",
    "review": "Review",
    "status": "Do",
    "strategy": "Strategy",
}
_FIELDS = (
    (" (`margin` of a conversion)", " (step 2, conversion groups)"),
    ("say so when you bring the file in (`--weekly`)", "tick “Each row is a whole week” under “If the file is written otherwise”"),
)
"""Fields as the YAML file calls them, and where they stand in the cockpit."""


def for_browser(text: str) -> str:
    """`text` with each command replaced by the page that does the same; commands that only the server's owner can run stay."""

    def page(match: re.Match[str]) -> str:
        name = _PAGES.get(match.group(1))
        if name is None:
            return match.group(0)
        opens = not text[: match.start()].rstrip() or text[: match.start()].rstrip().endswith((".", "!", "?", ":"))
        return f"{'The' if opens else 'the'} page “{name}”"

    for said, plain in _FIELDS:
        text = text.replace(said, plain)
    return _TWICE.sub(r"\1", _COMMAND.sub(page, text))
