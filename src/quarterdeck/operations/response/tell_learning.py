"""tell_learning: for a fit, in sentences: what each belief rests on, how judgements fared, the one test, and trials of channels without a curve."""

from __future__ import annotations

from datetime import date

from quarterdeck.operations.experiments.learn_more import next_test_of, scores_of, trial_of
from quarterdeck.operations.response.load_fit import FittedMetric
from quarterdeck.report.say_beliefs import say_belief, say_score
from quarterdeck.report.say_channels import in_sentence
from quarterdeck.report.say_next_test import say_what_it_costs, say_what_it_teaches, say_what_to_do
from quarterdeck.report.say_try_channel import say_stop_rule, say_trial, say_why_trial
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aim import value_of_unit


def tell_learning(strategy: Strategy, fitted: FittedMetric, words: Words, *, today: date) -> list[str]:
    """Empty where nothing but the figures themselves spoke and nothing can be tried."""
    fit, scores = fitted.fit, scores_of(strategy, fitted)
    kinds = {channel.id: channel.kind for channel in strategy.channels}

    def name(channel: str) -> str:
        return in_sentence(words.name(channel), kinds.get(channel, "other"))

    told = [f"{words.name(each)}: {say_score(score, fit.metric, words)}" for each, score in scores.items()]
    told = [sentence for effect in fit.channel_effects().values() if (sentence := say_belief(name(effect.channel), effect.prior))] + told
    test = next_test_of(strategy, fitted)
    if test is not None:
        do = say_what_to_do(test, name(test.design.channel), name(test.design.other or ""), words, today=today)
        value = value_of_unit(strategy, fit.metric)
        costs = say_what_it_costs(test, fit.metric, None if value is None else float(value), words)
        told.append(f"The one test that would teach most: {do[0].lower()}{do[1:]}. {say_what_it_teaches(test, name(test.design.channel))} {costs}")
    for channel in strategy.paid_channels:
        found = None if channel.id in fit.channels else trial_of(strategy, channel, fit.metric, fitted)
        if found is not None:
            trial = found.trial
            told.append(f"{say_trial(trial, name(channel.id), words)}. {say_stop_rule(trial, fit.metric, words)} {say_why_trial(trial, words)}")
    return told
