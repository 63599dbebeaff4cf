"""Reading and writing the document: round trips, comments, lines, every problem at once, hostile text."""

from __future__ import annotations

import difflib

import pytest
from generated_strategies import strategies
from harbour_strategy import HARBOUR_TEXT, harbour
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.shape import to_plain
from quarterdeck.strategy.yaml.edit import edit_text
from quarterdeck.strategy.yaml.emit import render_block, render_flow
from quarterdeck.strategy.yaml.nodes import MAX_BYTES, read_nodes
from quarterdeck.strategy.yaml.text import parse_strategy, render_strategy
from quarterdeck.strategy.yaml.tree import to_values

SMALL = "company:\n  name: Harbour\n  currency: GBP\n"
BUDGET = SMALL + "management: {budget: {quarter: %s}}\n"
PROPERTY = settings(
    max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
VISIBLE = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff")


def problems_of(text: str, **options: str) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as refused:
        parse_strategy(text, **options)
    return refused.value.problems


def changed_lines(old: str, new: str) -> list[str]:
    return [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[0] in "+-"]


# --- round trips


@PROPERTY
@given(strategies())
def test_what_is_written_is_read_back_equal(strategy: Strategy):
    text = render_strategy(strategy)
    assert parse_strategy(text) == strategy
    assert render_strategy(strategy, previous_text=text) == text


@PROPERTY
@given(strategies(), strategies())
def test_a_text_is_edited_into_any_other_strategy_without_being_written_anew(old: Strategy, new: Strategy):
    old_text = render_strategy(old)
    edited = edit_text(old_text, read_nodes(old_text, name="x").root, to_plain(old), to_plain(new))
    assert parse_strategy(edited) == new
    assert render_strategy(new, previous_text=old_text) in (edited, old_text)


def test_a_block_that_ends_in_spaces_of_any_kind_is_replaced_whole():
    old = parse_strategy("company: {name: A, currency: GBP}\nvision: x\n")
    old = old.model_copy(update={"vision": "one\n two \u00a0 "})
    old_text, new = render_strategy(old), old.model_copy(update={"vision": "three"})
    edited = edit_text(old_text, read_nodes(old_text, name="x").root, to_plain(old), to_plain(new))

    assert "|-" in old_text and edited == "company:\n  name: A\n  currency: GBP\n\nvision: three\n"
    assert parse_strategy(edited) == new


@given(st.text(st.one_of(st.sampled_from("\n\t :?#-'\""), VISIBLE), max_size=40))
def test_any_scalar_survives_on_one_line_and_as_a_block(text: str):
    for rendered in (render_block({"x": text}), f"x: {render_flow(text)}\n", f"x: [{render_flow(text)}]\n"):
        value = to_values(read_nodes(rendered, name="x").root)["x"]
        assert value in (text, [text])


def test_equal_strategies_are_written_in_equal_bytes():
    assert len({render_strategy(parse_strategy(BUDGET % number)) for number in ("1200", "1200.00", "1.2e3", "'1_200'")}) == 1


def test_json_is_read_too():
    strategy = parse_strategy('{"company": {"name": "Harbour", "currency": "GBP"}, "evaluation": [{"step": 3, "question": "Well?"}]}')
    assert strategy.evaluation[0].step == 3


def test_numbers_keep_every_digit():
    assert "12345678901234.567891" in render_strategy(parse_strategy(BUDGET % "12345678901234.567891"))


def test_a_name_that_looks_like_a_number_stays_text():
    assert parse_strategy("company: {name: 1884, currency: GBP}\nvision: yes").company.name == "1884"


# --- what a person wrote stays


def test_a_text_that_says_the_same_comes_back_untouched():
    assert render_strategy(harbour(), previous_text=HARBOUR_TEXT) == HARBOUR_TEXT


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        pytest.param(
            {"objectives[more-customers].target": "5400"}, ["-     target: 5200   # was 4,800", "+     target: 5400   # was 4,800"], id="scalar"
        ),
        pytest.param(
            {"channels[search].spend.cap": "25000"},
            ["-     spend: {floor: 2000, cap: 20000}   # the bank's limit", "+     spend: {floor: 2000, cap: 25000}   # the bank's limit"],
            id="in_brackets",
        ),
        pytest.param({"channels[newsletter].name": "Letter"}, ["+     name: Letter"], id="new_field_in_its_place"),
        pytest.param({"channels[search].role": None}, ["-     role: Be there when people look for plants"], id="field_taken_out"),
        pytest.param(
            {"content.items[spring-letter].deliver.at": "18:30"},
            [
                '-       deliver: {on: 2027-03-02, at: "09:00", zone: Europe/London}',
                '+       deliver: {on: 2027-03-02, at: "18:30", zone: Europe/London}',
            ],
            id="clock_time",
        ),
        pytest.param(
            {"questions[price]": {"step": 3, "text": "Are we dear?"}},
            ["+   - id: price", "+     step: 3", "+     text: Are we dear?"],
            id="new_member",
        ),
        pytest.param({"management.tasks[write-letter].after": "[]"}, ["-       after: [mend-tracking]"], id="emptied_list"),
        pytest.param(
            {"vision": "Two\nlines"},
            [
                "- vision: Every small garden in the country has heard of us.   # agreed in December",
                "+ vision: |-   # agreed in December",
                "+   Two",
                "+   lines",
            ],
            id="several_lines",
        ),
    ],
)
def test_a_change_touches_its_own_lines_alone(changes: dict[str, object], lines: list[str]):
    text = render_strategy(apply_changes(harbour(), changes), previous_text=HARBOUR_TEXT)
    assert [line for line in changed_lines(HARBOUR_TEXT, text) if line.strip() not in "+-"] == lines


def test_comments_above_and_beside_other_members_stay_when_one_goes():
    sends = "  # sends\n  - id: b\n    name: B\n    kind: email\n"
    text = SMALL + "tools:   # ours\n  # counts\n  - id: a\n    name: A   # good\n    kind: crm\n" + sends + "# end\n"
    without_b = render_strategy(apply_changes(parse_strategy(text), {"tools[b]": None}), previous_text=text)
    assert without_b == text.replace(sends, "")


def test_windows_line_ends_are_kept():
    text = (SMALL + "vision: Old\ngoals: []\n").replace("\n", "\r\n")
    changed = render_strategy(apply_changes(parse_strategy(text), {"vision": "New", "content.voice": "Calm"}), previous_text=text)
    assert "vision: New\r\n" in changed
    assert "\n" not in changed.replace("\r\n", "")


def test_a_moved_member_is_moved_in_the_text():
    strategy = harbour()
    turned = strategy.model_copy(update={"audiences": strategy.audiences[::-1]})
    text = render_strategy(turned, previous_text=HARBOUR_TEXT)
    assert parse_strategy(text) == turned
    assert "# Step 3" in text


def test_a_text_that_cannot_be_built_on_is_written_anew():
    assert render_strategy(harbour(), previous_text="company: [broken") == render_strategy(harbour())


def test_a_part_shared_through_an_alias_never_changes_its_twin():
    text = SMALL + "tools:\n  - {id: a, name: &n Shop, kind: crm}\n  - {id: b, name: *n, kind: erp}\n"
    changed = apply_changes(parse_strategy(text), {"tools[a].name": "Store"})
    assert [tool.name for tool in parse_strategy(render_strategy(changed, previous_text=text)).tools] == ["Store", "Shop"]


# --- problems: all at once, with their lines

BAD_LINES = [
    ("target: 5200   # was 4,800", "tarrget: 5200", "STRATEGY-010", "objectives[more-customers].tarrget", 'Did you mean "target"?'),
    ("currency: GBP", "currency: pounds", "STRATEGY-015", "company.currency", "Write it like this: GBP, EUR, USD."),
    ("rank: primary", "rank: main", "STRATEGY-014", "audiences[new-gardeners].rank", "Choose one of them."),
    ("kind: email\n    tool", "kind: emial\n    tool", "STRATEGY-014", "channels[newsletter].kind", 'Did you mean "email"?'),
    (
        "budget: {quarter: 30000,",
        "budget: {quarter: '£30,000',",
        "STRATEGY-012",
        "management.budget.quarter",
        "Write it without currency signs, spaces and thousands separators: 30000.",
    ),
    ("starts_on: 2027-03-01", "starts_on: 1 March 2027", "STRATEGY-012", "campaigns[spring].starts_on", "Write year-month-day: 2027-03-28."),
    ("hours_per_week: 20", "hours_per_week: 200", "STRATEGY-013", "management.teams[shop].people[olena].hours_per_week", "Change it to at most 80."),
    ("timezone: Europe/London", "timezone: Europe/Londn", "STRATEGY-016", "company.timezone", 'Did you mean "Europe/London"?'),
    ("metric: revenue\n    baseline", "metric: revenu\n    baseline", "STRATEGY-016", "goals[grow].metric", 'Did you mean "revenue"?'),
    (
        "channels: [search, newsletter]\n    starts",
        "channels: [serch, newsletter]\n    starts",
        "STRATEGY-021",
        "campaigns[spring].channels[0]",
        'Did you mean "search"?',
    ),
    (
        "after: [mend-tracking]",
        "after: [write-letter]",
        "STRATEGY-022",
        "management.tasks[write-letter].after",
        "Take one of these ids out of `after`.",
    ),
    (
        "{id: sam,",
        "{id: olena,",
        "STRATEGY-020",
        "management.teams[shop].people[olena].id",
        "Give one of the two another id, and change what refers to it.",
    ),
]


@pytest.mark.parametrize(("good", "bad", "code", "place", "fix"), BAD_LINES, ids=[place for *_, place, _fix in BAD_LINES])
def test_a_problem_says_its_line_its_place_and_the_way_out(good: str, bad: str, code: str, place: str, fix: str):
    assert HARBOUR_TEXT.count(good) == 1
    line = HARBOUR_TEXT[: HARBOUR_TEXT.index(good)].count("\n") + 1
    found = [problem for problem in problems_of(HARBOUR_TEXT.replace(good, bad)) if problem.code == code]
    assert [(problem.where, problem.fix) for problem in found] == [(f"strategy.yaml line {line}, {place}", fix)]


def test_all_problems_come_at_once_in_the_order_of_the_lines():
    text = HARBOUR_TEXT
    for good, bad, *_ in BAD_LINES:
        text = text.replace(good, bad)
    problems = problems_of(text)
    assert {code for _, _, code, _, _ in BAD_LINES} <= {problem.code for problem in problems}
    lines = [int(problem.where.split(" line ")[1].split(",")[0]) for problem in problems]
    assert lines == sorted(lines)


def test_a_missing_field_points_at_its_part():
    (problem,) = problems_of("company:\n  name: Harbour\n\nvision: x\n")
    assert (problem.code, problem.where, problem.found) == ("STRATEGY-011", "strategy.yaml line 1, company.currency", "nothing")


@pytest.mark.parametrize(
    ("extra", "found"),
    [
        (
            "objectives: [{id: o, goal: g, statement: s, metric: leads, baseline: 10, target: 5, due_on: 2027-03-01}]\n"
            "goals: [{id: g, statement: s, metric: leads, target: 5, due_on: 2027-03-01}]",
            "a target of 5 from a baseline of 10",
        ),
        ("channels: [{id: c, kind: tv, ownership: paid, spend: {floor: 9, cap: 8}}]", "a floor of 9 above a cap of 8"),
        (
            "channels: [{id: c, kind: tv, ownership: paid}]\n"
            "management: {tasks: [{id: t, title: x, serves: c, effort_hours: 1, not_before: 2027-02-02, due_on: 2027-02-01}]}",
            "not before 2027-02-02, due on 2027-02-01",
        ),
        ("management: {contact_rules: {blackouts: [{first_day: 2027-02-02, last_day: 2027-02-01, reason: x}]}}", "2027-02-02 to 2027-02-01"),
    ],
)
def test_values_that_contradict_each_other_are_named(extra: str, found: str):
    (problem,) = problems_of(SMALL + extra)
    assert (problem.code, problem.found) == ("STRATEGY-016", found)


def test_the_name_of_the_file_stands_in_every_problem():
    assert problems_of("company: {}", name="shop.yml")[0].where.startswith("shop.yml line 1, company")


# --- writing that is not YAML, and hostile writing


@pytest.mark.parametrize(
    ("text", "code", "where", "said"),
    [
        pytest.param("", "STRATEGY-005", "strategy.yaml", "an empty document", id="empty"),
        pytest.param("# only a comment\n", "STRATEGY-005", "strategy.yaml", "an empty document", id="comment"),
        pytest.param("- a\n- b\n", "STRATEGY-005", "strategy.yaml", "a list of 2", id="list"),
        pytest.param(SMALL + "vision: a: b\n", "STRATEGY-001", "strategy.yaml line 4", "mapping values", id="colon"),
        pytest.param(SMALL + "\tvision: a\n", "STRATEGY-001", "strategy.yaml line 4", "'\\t'", id="tab"),
        pytest.param(SMALL + "goals: [1, 2\nvision: x\n", "STRATEGY-001", "strategy.yaml line 5", "expected ','", id="bracket"),
        pytest.param(SMALL + "vision: 'x\n", "STRATEGY-001", "strategy.yaml line 5", "end of stream", id="quote"),
        pytest.param(SMALL + "vision: a\0b\n", "STRATEGY-001", "strategy.yaml line 4", "U+0000", id="nul"),
        pytest.param(SMALL + 'vision: "a\\0b"\n', "STRATEGY-016", "strategy.yaml line 4, vision", "U+0000", id="nul_escaped"),
        pytest.param(SMALL + "vision: !!python/object:os.system x\n", "STRATEGY-003", "strategy.yaml line 4", "python/object", id="tag"),
        pytest.param(SMALL + "vision: !shout x\n", "STRATEGY-003", "strategy.yaml line 4", "!shout", id="own_tag"),
        pytest.param(SMALL + "vision: *x\n", "STRATEGY-003", "strategy.yaml line 4", "*x", id="unknown_alias"),
        pytest.param(SMALL + "? [a]\n: b\n", "STRATEGY-003", "strategy.yaml line 4", "not a word", id="complex_key"),
        pytest.param(SMALL + "---\n" + SMALL, "STRATEGY-003", "strategy.yaml line 4", "second document", id="two_documents"),
        pytest.param(SMALL + "vision: a\nvision: b\n", "STRATEGY-004", "strategy.yaml line 5", "first on line 4", id="twice"),
        pytest.param(BUDGET % ("9" * 6000), "STRATEGY-013", "strategy.yaml line 4, management.budget.quarter", "999", id="huge_number"),
        pytest.param(BUDGET % "1e999999", "STRATEGY-013", "strategy.yaml line 4, management.budget.quarter", "1e999999", id="huge_exponent"),
        pytest.param(BUDGET % ".nan", "STRATEGY-012", "strategy.yaml line 4, management.budget.quarter", ".nan", id="nan"),
        pytest.param(
            SMALL + "review: {every_weeks: " + "9" * 6000 + "}", "STRATEGY-013", "strategy.yaml line 4, review.every_weeks", "999", id="huge_whole"
        ),
        pytest.param(SMALL + "x: " + "[" * 5000, "STRATEGY-002", "strategy.yaml line 4", "deeper than 30", id="deep"),
        pytest.param(SMALL + "vision: " + "x" * MAX_BYTES, "STRATEGY-002", "strategy.yaml", "1,000,", id="too_long"),
        pytest.param(SMALL + "b: &b {<<: *b}\n", "STRATEGY-003", "strategy.yaml line 4", "names nothing", id="self_reference"),
        pytest.param(SMALL + 'vision: "\\UFFFFFFFF"\n', "STRATEGY-001", "strategy.yaml", "", id="impossible_character"),
    ],
)
def test_bad_writing_is_refused_with_its_line(text: str, code: str, where: str, said: str):
    problem = next(problem for problem in problems_of(text) if problem.code == code)
    assert problem.where.startswith(where)
    assert said in problem.found
    assert len(str(problem)) < 600


def test_a_billion_laughs_are_refused_before_they_are_written_out():
    laughs = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" if n else "l0: &l0 ha\n" for n in range(12))
    assert "STRATEGY-002" in {problem.code for problem in problems_of(SMALL + laughs)}


def test_writing_errors_and_wrong_values_are_told_together():
    codes = {problem.code for problem in problems_of("company: {name: x, currency: pounds}\nvision: !t a\nvision: b\ngols: []\n")}
    assert codes == {"STRATEGY-015", "STRATEGY-003", "STRATEGY-004", "STRATEGY-010"}


@settings(max_examples=200, deadline=None)
@given(st.text("ab:-#[]{}&*!|>'\"%@`\\?,~ \n\t\0\x85\u20280U", max_size=40))
def test_no_text_breaks_the_reader(text: str):
    with pytest.raises(InvalidInput):
        parse_strategy(text)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(HARBOUR_TEXT)), st.integers(0, 30), st.text("ab:-#[]{}&*!|>'\" \n\t0", max_size=8))
def test_a_damaged_document_is_read_or_refused_and_never_breaks_the_reader(at: int, lost: int, put: str):
    damaged = HARBOUR_TEXT[:at] + put + HARBOUR_TEXT[at + lost :]
    try:
        parse_strategy(damaged)
    except InvalidInput as refused:
        assert refused.problems
