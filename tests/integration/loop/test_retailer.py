"""The retailer: real weeks, replayed to the cent; its review starts from what history spent in its own way."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from loop_steps import let_pass, require_causes_add_up, require_three_sentences, the_company

from quarterdeck.kernel.problems import Refused

CENT = Decimal("0.01")


def test_every_week_of_the_file_is_in_the_facts_to_the_cent(site_at):
    from ruamel.yaml import YAML

    from quarterdeck.lake.snapshot import open_snapshot
    from quarterdeck.ledger.gateway.loads import snapshot_of
    from quarterdeck.operations.play.load_sample import sample_folder

    company = the_company(site_at("the retailer"))
    let_pass(company, 13)
    folder = sample_folder("retailer")
    mapping = YAML(typ="safe").load(folder.joinpath("columns.yaml").read_text(encoding="utf-8"))
    records = list(csv.DictReader(io.StringIO(folder.joinpath("case_study_data.csv").read_text(encoding="utf-8"))))
    with open_snapshot(company.lake_dir, snapshot_of(company.workspace).loads) as lake:
        spend = by_week(lake, "SELECT date_trunc('week', day)::DATE AS week, channel AS name, sum(cost) AS value FROM spend GROUP BY ALL")
        sales = by_week(lake, "SELECT date_trunc('week', day)::DATE AS week, metric AS name, sum(value) AS value FROM outcomes GROUP BY ALL")
    first = mapping["week"]["first_week"]
    last = date(2026, 8, 2)
    shown = [(first + timedelta(weeks=n), record) for n, record in enumerate(records) if first + timedelta(weeks=n, days=6) <= last]
    assert len(shown) == 209
    for monday, record in shown:
        for entry in mapping["spend"]["channels"]:
            assert spend.get((monday, entry["channel"]), Decimal(0)) == cents(record[entry["money"]]), (monday, entry)
        assert sales[monday, mapping["outcome"]["metric"]] == cents(record[mapping["outcome"]["column"]]), monday
    assert sum(spend.values()) == sum(cents(record[entry["money"]]) for _, record in shown for entry in mapping["spend"]["channels"])


def by_week(lake, sql: str) -> dict[tuple[date, str], Decimal]:
    rows = lake.query(sql)
    return {(week, name): Decimal(str(value)).quantize(CENT) for week, name, value in zip(rows["week"], rows["name"], rows["value"], strict=True)}


def cents(text: str) -> Decimal:
    return Decimal(text).quantize(CENT, rounding=ROUND_HALF_EVEN)


def test_history_ends_and_says_so(site_at):
    company = the_company(site_at("the retailer"))
    let_pass(company, 13)
    with pytest.raises(Refused, match="history ends here") as refused:
        let_pass(company, 1)
    assert refused.value.code == "REHEARSE-003"


@pytest.mark.slow
def test_the_first_thing_its_review_says_is_that_money_was_spent_otherwise(site_at):
    from quarterdeck.ledger.models import Action
    from quarterdeck.operations.strategy.save_strategy import current_strategy
    from quarterdeck.operations.told import Told
    from quarterdeck.report.say_review import say_causes
    from quarterdeck.report.words import Words
    from quarterdeck.review.record import parse_review

    company = the_company(site_at("the retailer, reviewed"))
    review = parse_review(company.workspace.reviews.get().body.encode())
    require_causes_add_up(Told([], {"review": review.model_dump(mode="json")}))
    said = say_causes(review, Words.of(current_strategy(company).strategy))
    assert said[0].startswith("Money was spent otherwise than planned: ")
    # The cause that is named pushed the way that the quarter went, however little it went.
    named = re.search(r"the largest cause: [^(]+\((.)", require_three_sentences(company)[1])
    assert named is not None
    assert named[1] == ("\N{MINUS SIGN}" if review.gap < 0 else "+")
    # History did not ask for approval: what was approved for its weeks is cancelled, not done.
    passed = Action.objects.filter(workspace=company.workspace, kind="budget_line", due_on__lte=review.as_of)
    assert passed.exists()
    assert set(passed.values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.slow
def test_what_is_named_as_the_cause_is_what_pushed_the_way_that_the_quarter_went(site_at):
    from quarterdeck.operations.strategy.save_strategy import current_strategy
    from quarterdeck.report.say_review import say_main_cause
    from quarterdeck.report.words import Words
    from quarterdeck.review.record import CauseFound, parse_review

    # given: more was spent than planned, which led ahead; search and demand held back, search more
    company = the_company(site_at("the retailer, reviewed"))
    words = Words.of(current_strategy(company).strategy)
    amounts = {"spend:tv": 30e6, "spend:search": 4e6, "effect:search": -25e6, "demand": -15e6, "chance": -40e6}
    causes = [
        CauseFound(code=code, kind=code.split(":")[0], subject=code.partition(":")[2] or None, amount=amount, low=None, high=None, is_material=False)
        for code, amount in amounts.items()
    ]
    review = parse_review(company.workspace.reviews.get().body.encode()).model_copy(update={"causes": tuple(causes)})
    # when: the quarter ended behind, or ahead, with the very same causes
    behind, ahead = (say_main_cause(review.model_copy(update={"counted": review.planned + gap}), words) for gap in (-46e6, 46e6))
    # then
    assert behind == "Search worked worse than expected (\N{MINUS SIGN}$25M)."
    assert ahead == "Money was spent otherwise than planned (+$34M, most of it TV +$30M)."
