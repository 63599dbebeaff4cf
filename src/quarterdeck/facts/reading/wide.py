"""Wide files: one column for each channel, metric or name instead of one row."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.columns import TableSchema
from quarterdeck.facts.names import header_form, tidy_text, to_name
from quarterdeck.facts.parsed_table import CsvOptions
from quarterdeck.facts.reading.money_signs import split_header_currency
from quarterdeck.facts.reading.problem_log import Fault, ProblemLog, listed
from quarterdeck.kernel.metrics import METRICS

_SPEND_HEADER = re.compile(r"(?:spend|cost|mdsp)[\s_:-]+(?!per\b|per_|/)(?P<after>.+)|(?P<before>.+?)[\s_:-]+(?:spend|cost)", re.IGNORECASE)
_CONTEXT_HEADER = re.compile(r"(?:ctrl|control|context)[\s_:-]+(?P<after>.+)", re.IGNORECASE)
_OTHER_METRIC_WORDS = {
    "sales": "revenue",
    "turnover": "revenue",
    "income": "revenue",
    "profit": "margin",
    "customersnew": "new_customers",
    "newclients": "new_customers",
    "newbuyers": "new_customers",
    "purchases": "orders",
    "transactions": "orders",
    "aov": "average_order_value",
    "sessions": "visits",
}
_METRIC_BY_HEADER = {header_form(word): metric.id for metric in METRICS.values() for word in (metric.id, metric.name)} | _OTHER_METRIC_WORDS


def find_wide(free: Mapping[int, str], schema: TableSchema, options: CsvOptions, *, found: Collection[str], log: ProblemLog) -> list[tuple[int, str]]:
    """Wide columns among the `free` ones (place -> header): place and label of each.

    The user's word (`options.wide`) decides alone. Without it a file is wide when it has neither the label nor the value column and its headers are
    known: `spend_x` or a mapped channel, a metric's name, `ctrl_x`; in context and people any other header is a name.
    """
    if options.wide:
        return _told_wide(free, schema, options, log)
    form = schema.wide
    if form is None or form.label in {*found, *options.fixed} or form.value in {*found, *options.fixed}:
        return []
    labels = {index: _label(header, schema, options) for index, header in free.items()}
    if not any(labels.values()) and schema.name in ("context", "people"):
        labels = {index: None if _label_of_other_table(header) else to_name(header) for index, header in free.items()}
    return [(index, label) for index, label in labels.items() if label]


def metric_of_header(header: str) -> str | None:
    """The id of the metric that `header` names, None when there is none: "New customers" -> new_customers."""
    return _METRIC_BY_HEADER.get(header_form(split_header_currency(header)[0]))


def _told_wide(free: Mapping[int, str], schema: TableSchema, options: CsvOptions, log: ProblemLog) -> list[tuple[int, str]]:
    if schema.wide is None:
        log.add(Fault(codes.BAD_OPTION, "--wide", f"one row for each fact of {schema.name}", "Leave the option out."))
        return []
    places = {header_form(header): index for index, header in free.items()}
    exact = {tidy_text(header): index for index, header in free.items()}
    wide = []
    for header, label in options.wide.items():
        index = exact.get(tidy_text(header), places.get(header_form(header)))
        if index is None:
            log.add(
                Fault(codes.BAD_MAPPING, f'a wide column "{header}"', f"one of the file's headers: {listed(free.values())}", "Correct the option.")
            )
        else:
            wide.append((index, label))
    return wide


def _label(header: str, schema: TableSchema, options: CsvOptions) -> str | None:
    plain = split_header_currency(header)[0]
    mapped = options.names.get(schema.wide.label, {}) if schema.wide else {}
    for name in mapped:
        if to_name(plain) == to_name(name):
            return name
    if schema.name == "outcomes":
        return metric_of_header(header)
    pattern = {"spend": _SPEND_HEADER, "context": _CONTEXT_HEADER}.get(schema.name)
    match = pattern.fullmatch(plain) if pattern else None
    if match is None:
        return None
    return next((part for part in match.groups() if part), None)


def _label_of_other_table(header: str) -> bool:
    return bool(_SPEND_HEADER.fullmatch(header)) or metric_of_header(header) is not None
