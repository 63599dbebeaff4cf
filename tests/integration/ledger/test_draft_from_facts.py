"""A strategy drafted from facts as they are kept: dirty rows, single events, totals alone; kept as a first strategy or as a draft beside one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from quarterdeck.facts.metric_queries import METRIC_QUERIES
from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.operations.context import Context
from quarterdeck.operations.facts.import_facts import import_facts
from quarterdeck.operations.first_strategy.count_facts import count_facts
from quarterdeck.operations.first_strategy.draft_from_facts import chance_of_target, find_statements, keep_draft, read_choices, words_for, write_draft
from quarterdeck.operations.site import Site
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.strategy.from_facts.counted import Counted
from quarterdeck.strategy.from_facts.draft import draft_strategy
from quarterdeck.strategy.from_facts.findings import Findings, find_in
from quarterdeck.strategy.from_facts.proposals import Choices
from quarterdeck.strategy.yaml.text import parse_strategy, render_strategy

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
LAST = date(2027, 1, 3)
DAYS = tuple(date(2025, 12, 29) + timedelta(days=number) for number in range(371))
"""53 whole weeks up to the third of January."""


@pytest.fixture
def context(site: Site) -> Context:
    from quarterdeck.operations.company.create_workspace import create_workspace

    bakery = create_workspace(name="North Bakery", currency="GBP", timezone="Europe/London", owner="Ann", now=NOW)
    return Context(site, bakery, bakery.members.get(), NOW)


def _bring(context: Context, table: str, source: str, **columns: Any) -> None:
    """Rows of a table; a column that is one value holds it in each row."""
    length = max(len(values) for values in columns.values() if isinstance(values, list))
    rows = {name: values if isinstance(values, list) else [values] * length for name, values in columns.items()}
    import_facts(context.site, context.workspace, table, rows, source=source, file_name=source, by="Ann", now=NOW)


def _spend(context: Context, channel: str, cost: str, *, days: tuple[date, ...] = DAYS, currency: str = "GBP", source: str = "spend.csv") -> None:
    _bring(context, "spend", source, day=list(days), channel=channel, currency=currency, cost=[Decimal(cost)] * len(days))


def _totals(context: Context, metric: str = "new_customers", value: int = 6) -> None:
    _bring(context, "outcomes", "till.csv", day=list(DAYS), metric=metric, value=[Decimal(value + day.weekday()) for day in DAYS])


def _at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def _orders(context: Context) -> None:
    """Each day a first order of 40 by somebody new who never comes back, one of 100 by Rose, and each Monday a refund of 30; once 500 in euros."""
    rows = [(f"f{n}", day, f"p{n}", Decimal(40), True, "GBP", Decimal(10)) for n, day in enumerate(DAYS)]
    rows += [(f"r{n}", day, "rose", Decimal(100), False, "GBP", None) for n, day in enumerate(DAYS)]
    rows += [(f"b{n}", day, f"p{n}", Decimal(-30), False, "GBP", None) for n, day in enumerate(DAYS) if day.weekday() == 0]
    rows += [("e1", DAYS[-1], "euro", Decimal(500), True, "EUR", None)]
    names = ("order", "at", "person", "value", "is_first", "currency", "margin")
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    _bring(context, "orders", "shopify_orders.csv", **{**columns, "at": [_at(day) for day in columns["at"]]})


def _counted(context: Context) -> Counted:
    return count_facts(context).counted


def test_totals_alone_are_counted_forecast_and_asked_about(context: Context) -> None:
    _totals(context)

    found = find_statements(context)
    drafted = draft_strategy(found).strategy

    baseline, unchanged = found.metrics[0].baseline, found.metrics[0].unchanged
    assert baseline is not None and (baseline.how, baseline.value) == ("year_before", 13 * sum(range(6, 13)))
    assert unchanged is not None and unchanged.low < 819 < unchanged.high
    assert (drafted.channels, drafted.objectives, drafted.company.name) == ((), (), context.workspace.name)
    assert "It was 819 in the same weeks a year before" in drafted.questions[0].text


def test_orders_give_medians_groups_and_baselines_without_refunds_and_foreign_money(context: Context) -> None:
    _orders(context)
    counted = _counted(context)

    assert counted.first_orders is not None and counted.orders is not None
    assert (counted.first_orders.value, counted.first_orders.count, counted.first_orders.other_money) == (Decimal(40), 372, 1)
    assert (counted.orders.refunds, counted.orders.count, counted.orders.margin_known) == (53, 743, pytest.approx(371 / 743))
    groups = {each.kind: each for each in counted.groups}
    assert (groups["first"].people, groups["back"].people, groups["lapsed"].people) == (183, 1, 189)
    assert groups["back"].spent == 182 * 100
    by_metric = {each.metric: dict(each.weeks) for each in counted.metrics}
    assert by_metric["revenue"][date(2026, 6, 1)] == 7 * 140 - 30 and by_metric["orders"][date(2026, 6, 1)] == 14
    assert date(2026, 12, 28) not in by_metric["revenue"] and date(2026, 12, 28) in by_metric["orders"]
    assert "margin" not in by_metric
    assert [tool.part.name for tool in find_in(counted).tools] == ["Shopify"]


def test_dirty_spend_is_one_channel_a_name_and_its_own_money(context: Context) -> None:
    _totals(context)
    _spend(context, "Google Ads", "10", source="google_ads.csv")
    _spend(context, "google-ads", "3", days=DAYS[:30], source="old.csv")
    _spend(context, "fair", "90", days=DAYS[5:8], source="fair.csv")
    _spend(context, "radio", "8", currency="EUR", source="radio.csv")
    _spend(context, "never", "0", source="zeros.csv")

    found = find_statements(context)
    drafted = draft_strategy(found).strategy

    channels = {each.id: each for each in drafted.channels}
    assert set(channels) == {"google_ads", "radio"}
    assert channels["google_ads"].spend is not None and channels["google_ads"].spend.cap == 13 * 70 + 28 * 3 + 6
    assert (channels["radio"].spend, channels["radio"].ownership) == (None, "paid")
    asked = {each.id: each.text for each in drafted.questions}
    assert "2,968 EUR" in asked["facts_money_radio"].replace(".00", "")
    assert {"facts_names_google_ads", "facts_is_fair"} <= asked.keys() and not any("never" in text for text in asked.values())


def test_customers_are_followed_to_their_last_visit_and_machines_are_left_out(context: Context) -> None:
    _spend(context, "search", "10")
    _orders(context)
    days = DAYS[-91:]
    people = [f"p{number}" for number in range(len(DAYS) - 91, len(DAYS))]
    _bring(context, "touches", "ga4.csv", at=[_at(day, 9) for day in days], person=people, channel="email", machine=False)
    _bring(context, "touches", "ga4.csv", at=[_at(day, 10) for day in days], person=people, channel="search", machine=False)
    _bring(context, "touches", "ga4.csv", at=[_at(day, 11) for day in days], person=people, channel="crawler", machine=True)

    found = find_statements(context)

    assert found.counted.customers_by_channel == (("search", 91),)
    costs = {each.part.channel: each.part.baseline for each in found.kpis}
    assert costs["search"] == 10 and costs[None] == (Decimal(910) / 92).quantize(Decimal("0.01"))
    visits = next(each for each in found.metrics if each.metric == "visits")
    assert visits.machines == pytest.approx(1 / 3) and visits.baseline is not None and visits.baseline.value == 182
    assert {each.part.id for each in draft_strategy(found).strategy.tools for each in found.tools} == {"shopify", "google_analytics"}
    assert "crawler" not in {each.proposal.part.id for each in found.channels}


def test_a_conversion_without_a_value_is_worth_what_its_order_was(context: Context) -> None:
    _orders(context)
    days = DAYS[:20]
    _bring(context, "conversions", "ga4.csv", at=[_at(day) for day in days], person="", conversion="first_order", order=[f"f{n}" for n in range(20)])
    _bring(context, "conversions", "ga4.csv", at=[_at(day, 5) for day in days], person="", conversion="lead", value=[Decimal(3)] * 10 + [None] * 10)

    worth = {each.part.id: each.part for each in find_statements(context).conversions}

    assert (worth["first_order"].value, worth["first_order"].margin, worth["first_order"].metric) == (40, 10, "new_customers")
    assert (worth["lead"].value, worth["lead"].metric) == (3, "leads")


def test_countries_and_languages_come_from_people_as_they_write_them(context: Context) -> None:
    _totals(context)
    countries = ["GB"] * 60 + ["uk"] * 30 + ["Germany"] * 9 + ["Atlantis"]
    people = [f"p{number}" for number in range(100)]
    _bring(context, "people", "crm.csv", person=people, attribute="country", value=countries)
    _bring(context, "people", "crm.csv", person=people, attribute="language", value=["en_GB"] * 91 + ["de"] * 9)

    drafted = draft_strategy(find_statements(context)).strategy

    assert (drafted.company.markets, drafted.company.languages) == (("GB", "DE"), ("en", "de"))
    assert any("“Atlantis”" in each.text for each in drafted.questions)


def test_names_that_nobody_can_read_are_drafted_without_what_no_document_may_hold(context: Context) -> None:
    _totals(context, metric="odd\x07metric")
    _spend(context, "bell\x07 ads", "10", source="odd\x07file.csv")
    _bring(context, "conversions", "ga4.csv", at=[_at(DAYS[0])], person="", conversion="ring\x07")
    _bring(context, "people", "crm.csv", person=["p1"], attribute="country", value=["X\x07"])

    drafted = draft_strategy(find_statements(context)).strategy

    assert parse_strategy(render_strategy(drafted)) == drafted
    assert (drafted.channels[0].name, drafted.conversions[0].event) == ("Bell? ads", "ring?")


def test_the_chance_of_a_target_falls_as_the_target_rises(context: Context) -> None:
    _totals(context)
    chances = [chance_of_target(context, "new_customers", text).chance for text in ("500", "819", "1,400")]
    assert None not in chances and chances[0] == 1.0 and 0.2 < float(chances[1] or 0) < 0.8 and chances[2] == 0.0


@pytest.mark.parametrize("text", ["abc", "-5", "0", "0.001", "nan", "1.200", "1e99", "9" * 40])
def test_what_is_no_target_is_refused_with_the_way_out(context: Context, text: str) -> None:
    _totals(context)
    with pytest.raises(InvalidInput) as refused:
        read_choices(
            find_statements(context), frozenset({"metric-new_customers"}), names={}, kinds={}, targets={"metric-new_customers": text}, budget=""
        )
    assert refused.value.problems[0].code == "STRATEGY-961"


def _german(context: Context) -> None:
    """Facts of a company whose people live in Germany and read German."""
    _totals(context)
    people = [f"p{number}" for number in range(20)]
    _bring(context, "people", "crm.csv", person=people, attribute="country", value=["DE"] * 20)
    _bring(context, "people", "crm.csv", person=people, attribute="language", value=["de"] * 20)


@pytest.mark.parametrize(
    ("typed", "read"), [("1.400", "1400"), ("1.400,50 €", "1400.50"), ("4,5", "4.50"), ("1 400", "1400"), ("1.234.567", "1234567")]
)
def test_figures_are_read_as_the_people_of_the_facts_write_them(context: Context, typed: str, read: str) -> None:
    _german(context)
    found = find_statements(context)

    choices = _choices(found, target=typed, locale=words_for(context, found).locale)

    assert words_for(context, found).locale == "de_DE"
    assert choices.targets == {"new_customers": Decimal(read)}
    assert chance_of_target(context, "new_customers", typed).target == Decimal(read)


def test_a_figure_that_has_two_readings_is_refused_with_the_way_out(context: Context) -> None:
    _german(context)
    with pytest.raises(InvalidInput) as refused:
        _choices(find_statements(context), target="1,400", locale="de_DE")
    assert "two ways" in refused.value.problems[0].fix


def test_a_target_that_does_not_go_beyond_what_was_is_told_and_the_corrected_figure_counts(context: Context) -> None:
    _totals(context)

    assert chance_of_target(context, "new_customers", "800").short_of == 819
    assert chance_of_target(context, "new_customers", "900").short_of is None
    assert chance_of_target(context, "new_customers", "800", figures={"metric-new_customers": Decimal(700)}).short_of is None


def _choices(found: Findings, *, target: str, locale: str = "en_GB", figures: dict[str, str] | None = None) -> Choices:
    taken = frozenset({"metric-new_customers", "channel-search"})
    return read_choices(found, taken, names={}, kinds={}, targets={"metric-new_customers": target}, budget="", figures=figures, locale=locale)


def test_the_draft_becomes_the_first_strategy_and_then_a_draft_beside_it(context: Context) -> None:
    _totals(context)
    _spend(context, "search", "10")

    first = keep_draft(context)
    live = current_strategy(context)
    second = keep_draft(context, name="From our facts")

    assert (first.draft, first.revision.number, second.draft) == (None, 1, "from-our-facts")
    assert current_strategy(context).revision == live.revision
    assert parse_strategy(live.revision.text) == live.strategy
    with pytest.raises(Refused):
        keep_draft(context, name="From our facts")


def test_without_facts_there_is_nothing_to_draft(context: Context) -> None:
    with pytest.raises(Refused) as refused:
        find_statements(context)
    assert refused.value.code == "STRATEGY-960"


def test_the_draft_is_written_as_a_file_that_can_be_read_and_never_over_another(context: Context, tmp_path: Path) -> None:
    _totals(context)
    out = tmp_path / "strategy.yaml"

    told = write_draft(context, out)

    assert parse_strategy(out.read_text(encoding="utf-8")).questions
    assert "open questions" in told.sentences[0] and told.facts["origins"]["company"]["how"] == "settings"
    with pytest.raises(Refused):
        write_draft(context, out)


@pytest.mark.parametrize("name", METRIC_QUERIES)
def test_every_query_of_the_facts_can_be_asked_of_a_lake_as_it_is_written(context: Context, name: str) -> None:
    with open_snapshot(context.lake_dir, ()) as lake:
        assert set(lake.query(METRIC_QUERIES[name].sql)) == set(METRIC_QUERIES[name].returns)
