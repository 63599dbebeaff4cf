"""Every field of the strategy can be read and edited, and a form that nobody touched says what the strategy says."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from quarterdeck.report.strategy.all_words import words_of
from quarterdeck.report.strategy.around import Around
from quarterdeck.report.strategy.cells import COLUMNS
from quarterdeck.report.strategy.figures import read_figure, read_percent, say_figure
from quarterdeck.report.strategy.members import members_of
from quarterdeck.report.strategy.outline import SHEETS, STEPS, part_of, sheet_at
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.references import REFERENCES
from quarterdeck.strategy.parts.shape import fields_of, to_json
from quarterdeck.strategy.parts.values import NamedPart, Part
from quarterdeck.strategy.yaml.text import parse_strategy
from quarterdeck.web.strategy.inputs import FormMaker, Input
from quarterdeck.web.strategy.leaves import leaf_of
from quarterdeck.web.strategy.targets import Target, new_id
from quarterdeck.web.strategy.typed import Spot, read_typed, typed_of, without_empty_rows

SAMPLES = ("harbour", "retailer", "small_shop", "template")


def _sample(name: str) -> Strategy:
    return parse_strategy(resources.files("quarterdeck").joinpath("samples", name, "strategy.yaml").read_text(encoding="utf-8"))


def _around(strategy: Strategy) -> Around:
    return Around(strategy, Words.of(strategy))


def _parts(part: type[Part]) -> list[type[Part]]:
    """The part and every part below it."""
    found = [part]
    for shape in fields_of(part).values():
        if shape.part is not None:
            found += _parts(shape.part)
    return found


@pytest.mark.parametrize("part", sorted(set(_parts(Strategy)), key=lambda part: part.__name__), ids=lambda part: part.__name__)
def test_every_field_has_words_of_its_own(part: type[Part]) -> None:
    for key in fields_of(part):
        if part is not Strategy or key in ("vision", "note"):  # the others are sheets
            words = words_of(part, key)
            assert words.label and not words.label.endswith(":"), f"{part.__name__}.{key}"


def test_every_field_of_the_document_stands_in_a_form() -> None:
    seen: set[tuple[str, str]] = set()

    def look(part: type[Part], keys: list[str]) -> None:
        for key in keys:
            seen.add((part.__name__, key))
            inner = fields_of(part)[key].part
            if inner is not None:
                look(inner, list(fields_of(inner)))

    for _, sheet in SHEETS.values():
        target = Target(sheet, None)
        look(target.part, list(target.shapes))

    structure = {("Strategy", key) for key in fields_of(Strategy) if key not in ("vision", "note")}
    structure |= {("Proposition", "claims"), ("Proposition", "competitors"), ("Content", "items"), ("Team", "people")}
    structure |= {("Management", key) for key in ("teams", "tasks", "contact_rules", "kpis")}
    every = {(part.__name__, key) for part in _parts(Strategy) for key in fields_of(part)}
    assert every - structure <= seen
    assert every == seen | structure


def test_every_list_has_columns_and_every_column_a_cell() -> None:
    from quarterdeck.web.strategy.tables import TableMaker

    strategy = _sample("harbour")
    for step in STEPS:
        for sheet in step.sheets:
            if sheet.kind != "single":
                table = TableMaker(strategy, Words.of(strategy), "/", step.number, {}, {}).table(sheet)
                assert table.rows, sheet.slug
                assert {len(row.cells) for row in table.rows} == {len(COLUMNS[sheet.slug][0]) - 1}, sheet.slug


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("is_known", [True, False], ids=["edited", "typed anew"])
def test_a_form_that_nobody_touched_says_what_the_strategy_says(sample: str, is_known: bool) -> None:
    strategy = _sample(sample)
    around = _around(strategy)

    for _, sheet in SHEETS.values():
        if sheet.kind == "single" and not is_known:
            continue
        for member in members_of(strategy, sheet):
            target = Target(sheet, member)
            typed = typed_of(target.part, member.part, Spot(around, target.source), shapes=target.shapes)
            typed = without_empty_rows(target.part, typed, Spot(around, target.source), target.shapes)
            plain = read_typed(target.part, typed, member.part if is_known else None, Spot(around, target.source), shapes=target.shapes)
            if is_known:
                assert plain == to_json(member.part), member.place
            else:
                kept = {key: value for key, value in to_json(member.part).items() if key in sheet.left_out}
                assert type(member.part).model_validate({**plain, **kept}) == member.part, member.place


def test_what_is_odd_in_the_document_survives_a_form_too() -> None:
    strategy = _sample("small_shop")
    document = strategy.model_dump(mode="json", by_alias=True)
    audience = document["audiences"][0]
    audience |= {"note": "", "needs": ["one\n\n  two", "three"], "segment": "  spaced  ", "found_on": list(reversed(audience["found_on"]))}
    document["vision"] = "\n two lines\nand <b>tags</b> & more"
    odd = Strategy.model_validate(document)
    around = _around(odd)

    for slug in ("audiences", "vision"):
        sheet = SHEETS[slug][1]
        member = members_of(odd, sheet)[0]
        target = Target(sheet, member)
        typed = typed_of(target.part, member.part, Spot(around, target.source), shapes=target.shapes)
        sent = {name: [text.replace("\n", "\r\n") for text in texts] for name, texts in typed.items()}
        typed = without_empty_rows(target.part, sent, Spot(around, target.source), target.shapes)
        plain = read_typed(target.part, typed, member.part, Spot(around, target.source), shapes=target.shapes)
        assert plain == to_json(member.part)


def test_a_form_without_some_of_its_fields_takes_nothing_out() -> None:
    strategy = _sample("harbour")
    sheet = SHEETS["channels"][1]
    member = members_of(strategy, sheet)[0]
    target = Target(sheet, member)

    plain = read_typed(target.part, {"name": ["Other"]}, member.part, Spot(_around(strategy), target.source), shapes=target.shapes)

    assert plain == {**to_json(member.part), "name": "Other"}


def test_every_reference_is_chosen_by_name() -> None:
    strategy = _sample("harbour")
    around, found = _around(strategy), set()

    def look(part: type[Part], source: str) -> None:
        for key, shape in fields_of(part).items():
            place = f"{source}.{key}" if source else key
            if shape.part is not None:
                look(shape.part, place + ("[]" if shape.is_list else ""))
            elif around.refers_to(place):
                found.add(place + ("[]" if shape.is_list else ""))
                assert leaf_of(part, shape, place, around).kind in ("select", "checks")

    look(Strategy, "")
    assert found == {rule.source for rule in REFERENCES}


@pytest.mark.parametrize(
    ("typed", "locale", "read"),
    [
        ("4,500", "en_GB", "4500"),
        ("4500", "en_GB", "4500"),
        ("£1,139,000.50", "en_GB", "1139000.50"),
        ("1 200", "en_GB", "1200"),
        ("−3", "en_GB", "-3"),
        ("12,34", "en_GB", "12,34"),
        ("1,23,456", "en_IN", "123456"),
        ("1.200", "de_DE", "1200"),
        ("1.200,5", "de_DE", "1200.5"),
        ("12.5", "de_DE", "12.5"),
        ("1 234,5", "fr_FR", "1234.5"),
        ("1’200.5", "de_CH", "1200.5"),
        ("abc", "en_GB", "abc"),
        ("1e5", "en_GB", "1e5"),
        ("", "en_GB", ""),
        ("NaN", "en_GB", "NaN"),
    ],
)
def test_numbers_are_read_as_the_locale_writes_them_and_never_guessed(typed: str, locale: str, read: str) -> None:
    assert read_figure(typed, locale) == read


@pytest.mark.parametrize("locale", ["en_GB", "en_US", "de_DE", "fr_FR", "de_CH", "en_IN", "uk_UA", "sv_SE", "pl_PL", "es_ES"])
@pytest.mark.parametrize("digits", ["0", "5", "999", "1000", "12345.678901", "1139000", "-3.5", "0.000001", "12345678901234"])
def test_a_number_that_is_shown_is_read_back(locale: str, digits: str) -> None:
    from decimal import Decimal

    assert Decimal(read_figure(say_figure(Decimal(digits), locale), locale)) == Decimal(digits)


def test_shares_are_percentages_for_people() -> None:
    assert read_percent("35", "en_GB") == "0.35"
    assert read_percent("12.5 %", "en_GB") == "0.125"
    assert read_percent("much", "en_GB") == "much"


@pytest.mark.parametrize(
    ("place", "step", "slug", "member", "field"),
    [
        ("objectives[a].target", 1, "objectives", "a", "target"),
        ("management.teams[x].people[y].away[0].first_day", 6, "people", "y", "away[0].first_day"),
        ("management.teams[x].rate", 6, "teams", "x", "rate"),
        ("proposition.claims[2].proof", 3, "claims", "2", "proof"),
        ("proposition.statement", 3, "proposition", "", "statement"),
        ("management.budget.quarter", 6, "budget", "", "budget.quarter"),
        ("management.contact_rules.at_most[1].times", 6, "contact", "", "at_most[1].times"),
        ("content.items[x].deliver.on", 5, "items", "x", "deliver.on"),
        ("content.voice", 5, "voice", "", "voice"),
        ("vision", 1, "vision", "", "vision"),
    ],
)
def test_a_place_leads_to_the_form_in_which_it_is_edited(place: str, step: int, slug: str, member: str, field: str) -> None:
    found_step, sheet, found_member, found_field = sheet_at(place)

    assert (found_step.number, sheet.slug, found_member, found_field) == (step, slug, member, field)


def test_sheets_edit_what_the_document_has() -> None:
    for _, sheet in SHEETS.values():
        part = part_of(sheet)
        assert issubclass(part, NamedPart) == (sheet.kind == "named"), sheet.slug
        for key in (*(sheet.fields or ()), *sheet.left_out):
            assert key in fields_of(part)


@pytest.mark.parametrize("name", ["Write the spring mail, again!", "Рассылка", "…", "new_customers", "a" * 300])
def test_a_new_short_name_is_free_and_well_formed(name: str) -> None:
    strategy = _sample("harbour")

    made = new_id(strategy, SHEETS["tasks"][1], {"title": name})

    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", made)
    assert made not in {task.id for task in strategy.management.tasks}


def test_rows_that_are_empty_or_struck_out_are_left_out_and_the_others_keep_their_own_values() -> None:
    strategy = _sample("harbour")
    sheet, around = SHEETS["objectives"][1], _around(strategy)
    member = members_of(strategy, sheet)[0]
    target = Target(sheet, member)
    typed = typed_of(target.part, member.part, Spot(around, target.source), shapes=target.shapes)
    typed |= {
        "milestones.0.out": ["1"],
        "milestones.rows": ["5"],
        "milestones.3.on": [""],
        "milestones.4.on": ["2027-04-02"],
        "milestones.4.value": ["4,400"],
    }

    typed = without_empty_rows(target.part, typed, Spot(around, target.source), target.shapes)
    plain = read_typed(target.part, typed, member.part, Spot(around, target.source), shapes=target.shapes)

    assert [row["on"] for row in plain["milestones"]] == ["2027-02-28", "2027-03-28", "2027-04-02"]
    assert plain["milestones"][2]["value"] == "4400"


def test_inputs_have_ids_of_their_own() -> None:
    strategy = _sample("harbour")
    around = _around(strategy)

    def ids(inputs: tuple[Input, ...]) -> list[str]:
        return [each.id for each in inputs] + [one for each in inputs for one in ids((*each.parts, *(i for row in each.rows for i in row.inputs)))]

    for _, sheet in SHEETS.values():
        target = Target(sheet, members_of(strategy, sheet)[0])
        typed = typed_of(target.part, target.value, Spot(around, target.source), shapes=target.shapes)
        found = ids(FormMaker(around, typed, {}).inputs(target.part, target.source, shapes=target.shapes))
        assert len(found) == len(set(found)), sheet.slug
