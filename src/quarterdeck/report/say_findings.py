"""What was found about the facts and the fit, in sentences: those of one kind share one, and those that mislead most come first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quarterdeck.report.words import Words
from quarterdeck.response.findings.findings import FINDING_CODES, MISLEADING
from quarterdeck.response.fitting.diagnostics import Finding

MOST_NOTES = 3
"""So many are shown at once; the others are there for whoever asks."""
_FIRST = ("not_settled", "does_not_predict", *MISLEADING)
"""What a person should hear first: after these a figure may be sure of itself and wrong. The rest follows in the order of the codes."""
_CHANNELS = {
    "never_spent": "No money went to {names}: what they would bring is belief alone. Try them with a capped amount.",
    "never_varies": "Spend on {names} hardly ever changes, so their effect cannot be told from the baseline. Vary it on purpose.",
    "few_weeks": "{names} had money in a few weeks only: their curves are mostly belief.",
    "follows_outcome": "Spend on {names} rises after good weeks and falls after bad ones: part of what they seem to bring is the cause of the spend. "
    "Set their budgets ahead for some weeks, or test them by switching them off somewhere.",
    "follows_context": "Spend on {names} moves with context that is measured. That is taken account of as long as the context stays in the facts.",
    "missing_load": "{names} always run, yet have weeks without spend: is a load missing? Import it again, or say that they were paused.",
    "forms_disagree": "For {names}, forms of the curve that are both likely say different things about the next money. A test above what they got so far "
    "would tell.",
    "effect_changed": "What {names} bring for their money changed while it was watched: figures of what comes next use the newest.",
}
"""Of several channels that the same is true of."""
_COLUMNS = {
    "context_copies_spend": "{count} columns of context are nearly copies of spend ({columns}): beside them channels look useless, so the fit leaves them out.",
    "context_follows_media": "{count} columns of context move with your advertising ({columns}): they may be effects of it, so the fit leaves them out.",
    "context_duplicate": "{count} columns of context say what others say in every week ({columns}): the fit leaves them out.",
    "promo_follows_demand": "{columns} are changed after weak or good weeks, so that what they seem to do to sales, and what media bring in those weeks, is "
    "doubtful. Fix some of them ahead, whatever sales do.",
    "promo_with_spend": "{columns} run when money goes to {names}: what each of them brings is hard to tell apart. Run one without the other for some weeks.",
}
"""Of several columns of context, or of one and several channels."""


def say_findings(findings: Sequence[Finding], words: Words) -> list[str]:
    """Each finding once, what misleads most first; channels and columns of which the same is true share a sentence."""
    same: dict[str, list[Finding]] = {}
    for finding in findings:
        same.setdefault(finding.code, []).append(finding)
    return [sentence for code in sorted(same, key=_rank) for sentence in _said(code, same[code], words)]


def _rank(code: str) -> int:
    order = (*_FIRST, *(each for each in FINDING_CODES if each not in _FIRST))
    return order.index(code) if code in order else len(order)


def _said(code: str, found: Sequence[Finding], words: Words) -> list[str]:
    channels = list(dict.fromkeys(finding.channel for finding in found if finding.channel is not None))
    columns = list(dict.fromkeys(finding.column for finding in found if finding.column is not None))
    names = words.join([words.name(channel) for channel in channels])
    if code == "follows_demand":
        return [
            f"Spend on {names} rises when demand is high anyway: what it seems to bring would partly have come without it. "
            "A test that switches it off somewhere would tell."
        ]
    if code == "cannot_tell_apart":
        return [
            f"{words.join([words.name(name) for name in finding.channels])} moved together, so their effects cannot be told apart. "
            f"Trust their sum; change one without the other{'s' if finding.more else ''} for some weeks to learn more."
            for finding in found
        ]
    if len(found) > 1 and code in _CHANNELS and len(channels) == len(found):
        return [_CHANNELS[code].format(names=names)]
    if len(columns) > 1 and code in _COLUMNS:
        return [_COLUMNS[code].format(count=len(columns), columns=words.join(columns), names=names)]
    return [_with_names(finding, words) for finding in found]


def _with_names(finding: Finding, words: Words) -> str:
    """The text with the company's names in place of ids."""
    text = finding.text
    for channel in finding.channels:
        text = re.sub(rf"(?<!\w){re.escape(channel)}(?!\w)", words.name(channel).replace("\\", "\\\\"), text)
    return text
