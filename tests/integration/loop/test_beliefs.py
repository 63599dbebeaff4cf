"""What a company believes of its channels: judgements in the strategy, tests among the facts, and trials of channels that it only wants."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from loop_steps import the_company

JUDGED = {"channels[search].expects": {"metric": "orders", "brings": "1", "spend": "4"}}


def save_changes(company, changes: dict[str, object]) -> None:
    from quarterdeck.operations.strategy.save_strategy import current_strategy, save_strategy
    from quarterdeck.strategy.changes.patch import apply_changes

    save_strategy(company, apply_changes(current_strategy(company).strategy, changes))


def fit_orders(company):
    from quarterdeck.operations.response.fit_response import fit_missing
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    return fit_missing(company, current_strategy(company).strategy, ["orders"], holdout=4, seed=1)["orders"]


def prior_of(found, channel: str):
    return found.fit.priors[found.fit.channels.index(channel)]


def read_series_and_beliefs(company, weeks_less: int):
    from quarterdeck.lake.snapshot import open_snapshot
    from quarterdeck.ledger.gateway.loads import snapshot_of
    from quarterdeck.operations.response.read_beliefs import read_beliefs
    from quarterdeck.operations.response.read_series import last_fact_day, read_series
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    strategy = current_strategy(company).strategy
    with open_snapshot(company.lake_dir, snapshot_of(company.workspace).loads) as lake:
        series = read_series(lake, strategy, "orders", as_of=last_fact_day(lake))
        known = series.rows(0, len(series) - weeks_less)
        return known, read_beliefs(company, lake, strategy, known)


def test_a_judgement_makes_a_new_fit_that_says_so_and_the_same_judgement_keeps_it(site_at):
    company = the_company(site_at("started"))
    before = fit_orders(company)
    save_changes(company, JUDGED)
    judged, again = fit_orders(company), fit_orders(company)

    assert "judgement" not in dict(prior_of(before, "search").weighed)
    assert dict(prior_of(judged, "search").weighed)["judgement"] > 0.2
    assert judged.record.hash != before.record.hash
    assert again.record.pk == judged.record.pk
    save_changes(company, {"channels[search].expects": None})
    assert fit_orders(company).record.pk == before.record.pk


def test_a_test_that_ended_in_hidden_weeks_is_believed_by_the_fit_and_not_by_the_check(site_at):
    from quarterdeck.operations.facts.import_facts import import_facts

    company = the_company(site_at("started"))
    series, _ = read_series_and_beliefs(company, 0)
    last = series.starts[-1] - timedelta(weeks=1)
    row = {
        "experiment": ["search off"],
        "channel": ["search"],
        "metric": ["orders"],
        "first_day": [last - timedelta(days=13)],
        "last_day": [last],
        "geo": [""],
        "currency": ["GBP"],
        "cost": [Decimal(400)],
        "effect": [Decimal(40)],
        "effect_low": [Decimal(20)],
        "effect_high": [Decimal(60)],
        "interval": [Decimal("0.9")],
        "method": ["geo"],
    }
    import_facts(company.site, company.workspace, "experiments", row, source="test", file_name="tests.csv", by=company.member.person, now=company.now)

    _, of_fit = read_series_and_beliefs(company, 0)
    _, of_check = read_series_and_beliefs(company, 4)

    assert "experiment" in dict(of_fit["search"].weighed)
    assert "experiment" not in dict(of_check["search"].weighed) if "search" in of_check else True


def test_a_wanted_channel_gets_a_trial_within_the_owner_s_limits_and_the_fit_tells_it(site_at):
    from quarterdeck.operations.experiments.learn_more import MOST_OF_BUDGET, trial_of
    from quarterdeck.operations.response.fit_response import fit_metrics
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    company = the_company(site_at("started"))
    wanted = {"id": "flyers", "name": "Flyers", "kind": "print", "ownership": "paid", "use": "wanted", "spend": {"floor": "0", "cap": "1300"}}
    save_changes(company, {"channels[flyers]": wanted | {"expects": {"metric": "orders", "brings": "1", "spend": "8"}}})
    strategy, fitted = current_strategy(company).strategy, fit_orders(company)
    channel = next(each for each in strategy.channels if each.id == "flyers")

    found = trial_of(strategy, channel, "orders", fitted)

    assert found is not None
    assert 0 < found.trial.money <= min(1300.0, MOST_OF_BUDGET * float(strategy.management.budget.quarter)) + 1e-6
    assert dict(found.prior.weighed)["judgement"] > 0.3
    told = fit_metrics(company, metric="orders", holdout=4, seed=1).sentences
    assert any(sentence.startswith("Try flyers for") for sentence in told)


def test_a_judgement_of_another_metric_says_nothing_about_this_one(site_at):
    company = the_company(site_at("started"))
    save_changes(company, {"channels[search].expects": {"metric": "visits", "brings": "1", "spend": "1"}})
    assert "judgement" not in dict(prior_of(fit_orders(company), "search").weighed)
