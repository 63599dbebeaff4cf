"""What is written is true: generated pages are up to date, and every command and target that a page names exists."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
import typer

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
_MENTION = re.compile(r"(?<![\w./-])(?<!import )quarterdeck ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)")


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """scripts/write_reference.py as a module."""
    spec = importlib.util.spec_from_file_location("write_reference", ROOT / "scripts" / "write_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def command_words() -> set[tuple[str, ...]]:
    """Every command as its words."""
    from quarterdeck.cli.main import app

    found: set[tuple[str, ...]] = set()

    def walk(group: object, words: tuple[str, ...]) -> None:
        for name, member in (getattr(group, "commands", None) or {}).items():
            found.add((*words, name))
            walk(member, (*words, name))

    walk(typer.main.get_command(app), ())
    return found


def test_the_generated_pages_say_what_the_code_says(reference):
    stale = [name for name, content in reference.pages().items() if (reference.REFERENCE / name).read_text(encoding="utf-8") != content]
    assert stale == [], "run `make docs` and commit what it writes"


def test_the_reference_has_every_command(reference):
    groups = {words[:-1] for words in command_words() if len(words) > 1}
    assert {tuple(name.split()) for name in reference.COMMANDS} == command_words() - groups


def code_of(page: Path) -> str:
    """What stands in code on a page: fenced blocks and words between backticks."""
    text = page.read_text(encoding="utf-8")
    return "\n".join(
        [*re.findall(r"```[a-z]*\n(.*?)```", text, flags=re.DOTALL), *re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))]
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_a_page_names_exists(page):
    known = command_words()
    for words in _MENTION.findall(code_of(page)):
        first, *second = words.split()
        assert (first,) in known, f"{page.name} names `quarterdeck {words}`"
        if first == "strategy" and second:
            assert (first, *second) in known, f"{page.name} names `quarterdeck {words}`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_option_that_a_page_gives_to_a_command_exists(page):
    from quarterdeck.cli.main import app

    root = typer.main.get_command(app)
    for line in code_of(page).splitlines():
        match = re.search(r"(?<![\w./-])quarterdeck ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?(.*)", line)
        if match is None or not hasattr(root, "commands") or match[1] not in root.commands:
            continue
        command = root.commands[match[1]]
        if hasattr(command, "commands"):
            command = command.commands.get(match[2] or "")
        if command is None:
            continue
        options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}
        given = re.findall(r"(?<=\s)--[a-z][a-z-]*", re.split(r"[|>#]", match[3])[0])
        assert set(given) <= options, f"{page.name}: {line.strip()}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_make_target_that_a_page_names_exists(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = set(re.findall(r"(?:^|[\s`])make ([a-z-]+)", code_of(page), flags=re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} links to {target}"


def test_every_word_of_the_glossary_is_used():
    from quarterdeck.kernel.glossary import GLOSSARY

    files = [*(ROOT / "src").rglob("*.py"), *(path for path in PAGES if path.name != "glossary.md")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files if path.name != "glossary.py").lower().replace("_", " ")
    unused = [word for word in GLOSSARY if not re.search(rf"\b{re.escape(word.lower())}", text)]
    assert unused == []


def test_the_glossary_is_in_order_and_explains_every_word_in_sentences():
    from quarterdeck.kernel.glossary import GLOSSARY

    assert list(GLOSSARY) == sorted(GLOSSARY)
    assert all(meaning.endswith(".") and meaning[0].isupper() for meaning in GLOSSARY.values())
