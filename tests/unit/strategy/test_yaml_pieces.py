"""Reading a text piece by piece says what reading it as a whole says: the tree with every place in it, and every complaint."""

from __future__ import annotations

import random
from importlib import resources

import pytest
from generated_strategies import strategies
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.yaml import nodes as yaml_nodes
from quarterdeck.strategy.yaml import pieces as yaml_pieces
from quarterdeck.strategy.yaml.nodes import read_nodes
from quarterdeck.strategy.yaml.pieces import read_pieces
from quarterdeck.strategy.yaml.text import render_strategy

SAMPLES = {
    name: resources.files("quarterdeck").joinpath("samples", name, "strategy.yaml").read_text(encoding="utf-8")
    for name in ("harbour", "retailer", "small_shop", "template")
}
PROPERTY = settings(
    max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
ODD_LINES = [
    "", "  ", "# at the margin", "      # within", "---", "...", "%YAML 1.2", "- lost", "    - id: x", "note: &a word", "note: *a", "  note: *b", "vision: >",
    "  items:", "content:", "content: # again", 'note: "opened', "note: 'opened", 'closed"', "note: [one,", "two]", "\tnote: tab", "? asked", ": answered",
    "null:", "~: x", "vision: |", "vision: |2-", "  a text", "   - {id: x, note: y}", "-", "    -", "key:value", "a: b: c", "!tag", "vision: !tag x", "  vision:\r",
    "vision: a\u2028b", "vision: a\x85b", "vision: \x07", "company: {name: A}", "\ufeff",
]  # fmt: skip
REPEATED_WORDS = "offers:\n" + "".join(f"  - id: o{n}\n    text: {{sign}}{n}\n" for n in range(9))


def assert_same(text: str) -> None:
    pieces, whole = read_pieces(text, name="x.yaml"), read_nodes(text, name="x.yaml")
    assert pieces.root == whole.root
    assert (pieces.problems, pieces.has_aliases) == (whole.problems, whole.has_aliases)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_read_in_pieces_and_give_the_same_tree(name: str, monkeypatch: pytest.MonkeyPatch):
    assert_same(SAMPLES[name])
    monkeypatch.setattr(yaml_pieces, "read_nodes", None)
    assert read_pieces(SAMPLES[name], name="x.yaml").root is not None


def test_after_a_change_of_one_line_one_piece_is_read(monkeypatch: pytest.MonkeyPatch):
    read = []
    alone = yaml_nodes.read_piece
    monkeypatch.setattr(yaml_pieces, "read_piece", lambda text, depth: read.append(text) or alone(text, depth=depth))
    read_pieces(SAMPLES["harbour"], name="x.yaml")
    read.clear()

    read_pieces(SAMPLES["harbour"].replace("id: seed_early\n", "id: seed_early\n      note: New\n"), name="x.yaml")

    assert len(read) == 1
    assert "note: New" in read[0] and read[0].count("id: ") == 1


@PROPERTY
@given(strategies())
def test_whatever_is_written_is_read_the_same(strategy: Strategy):
    assert_same(render_strategy(strategy))


@pytest.mark.parametrize("seed", range(40))
def test_texts_with_lines_lost_doubled_moved_and_broken_are_read_the_same(seed: int):
    dice = random.Random(seed)
    lines = SAMPLES[dice.choice(["small_shop", "template", "retailer"])].split("\n")
    first = dice.randrange(len(lines))
    lines = lines[: first + 120] if dice.random() < 0.5 else lines[first:]
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(lines))
        kind = dice.randrange(5)
        if kind == 0:
            del lines[at : at + dice.randint(1, 3)]
        elif kind == 1:
            lines[at:at] = lines[at : at + dice.randint(1, 12)]
        elif kind == 2:
            lines[at] = " " * dice.randint(0, 3) + lines[at].removeprefix(" " * dice.randint(0, 4))
        else:
            lines.insert(at, dice.choice(ODD_LINES))
        lines = lines or ["company:"]
    assert_same("\n".join(lines))


@pytest.mark.parametrize("line", ODD_LINES)
def test_every_odd_line_is_read_the_same_wherever_it_stands(line: str):
    lines = SAMPLES["template"].split("\n")
    for at in range(0, len(lines), 13):
        assert_same("\n".join([*lines[:at], line, *lines[at:]]))


@given(st.text(st.sampled_from("ab:- \n#[]{}\"'|>&*,"), max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_writing_at_all_is_read_the_same(text: str):
    assert_same(text)
    assert_same("goals:\n" + "  - id: a\n" * 9 + text)


def test_lists_at_the_margin_of_their_field_and_texts_over_lines_are_read_the_same():
    listed = "".join(f"- id: g{n}\n  note: |\n    one\n\n    # two\n\n  # three\n" for n in range(6))
    assert_same(f"# head\n\ngoals:\n{listed}\n# between\nvision: one\n  two\n  three\n# end")
    assert_same("management:\n  tasks:\n\n    # first\n" + listed.replace("- id", "    - id").replace("\n  ", "\n      ") + "review: {}")


def test_what_is_named_once_and_repeated_elsewhere_is_read_the_same():
    assert_same(REPEATED_WORDS.format(sign="&word text "))
    assert_same(f"vision: &o1 x\n{REPEATED_WORDS.format(sign='*o')}")
    assert_same(f"vision: &o x\n{REPEATED_WORDS.replace('text: {sign}', 'text: *o #')}")


def test_too_much_is_too_much_in_pieces_as_well(monkeypatch: pytest.MonkeyPatch):
    text = "offers:\n" + "  - [1, 2, 3]\n" * 40
    for most in range(150, 170):
        monkeypatch.setattr(yaml_nodes, "MAX_NODES", most)
        monkeypatch.setattr(yaml_pieces, "MAX_NODES", most)
        assert_same(text)
    deep = "content:\n  items:\n" + "    - a\n" * 9
    for levels in range(22, 34):
        assert_same(deep + "    - " + "[" * levels + "]" * levels + "\n")
