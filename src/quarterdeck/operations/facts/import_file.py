"""import_file: a CSV file the user names becomes facts, or every reason why not; a dry run says what would happen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quarterdeck.facts.parsed_table import CsvOptions, DateFormat, DecimalMark, ParsedTable, Repeated
from quarterdeck.facts.read_csv import parse_table
from quarterdeck.facts.schemas import TABLES
from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.operations.context import Context
from quarterdeck.operations.facts.import_facts import import_facts
from quarterdeck.operations.response.read_series import say_unknown_channels
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.operations.told import Tell, Told, count
from quarterdeck.strategy.document import Strategy

MOST_TOTALS = 12
REPEATED: dict[str, Repeated] = {"refuse": "refuse", "add_up": "add_up", "drop_identical": "drop_identical"}
DATE_FORMATS: dict[str, DateFormat] = {"iso": "YYYY-MM-DD", "dmy": "DD/MM/YYYY", "mdy": "MM/DD/YYYY"}


def import_file(
    context: Context,
    table: str,
    file: Path,
    *,
    dry_run: bool,
    columns: Sequence[str],
    wide: Sequence[str],
    fixed: Sequence[str] = (),
    date_format: str | None,
    decimal: DecimalMark | None,
    weekly: bool,
    repeated: str = "refuse",
    replace: bool,
    source: str | None,
    tell: Tell,
) -> Told:
    """What was imported (or would be), in sentences. Raises InvalidInput with every problem, and then no row was imported."""
    context.require("import_facts")
    if table not in TABLES:
        raise Refused(f"There is no table “{table}”.", fix=f"Choose one of {', '.join(TABLES)}.", code="FACTS-900")
    options = _options(context, columns=columns, wide=wide, fixed=fixed, date_format=date_format, decimal=decimal, weekly=weekly, repeated=repeated)
    tell(f"Reading {file.name}")
    parsed = parse_table(_read(file, options.max_bytes), TABLES[table], file_name=file.name, options=options)
    if not parsed.is_usable:
        raise InvalidInput(parsed.problems, state=f"{count(parsed.problem_count, 'problem')} in all. No row was imported.")
    told = _tell(parsed, table, _unknown_channels(context, parsed, table))
    if dry_run:
        return Told([*told.sentences, "This was a dry run: no row was imported."], {**told.facts, "dry_run": True})
    tell(f"Importing {count(parsed.summary.rows, 'row')}")
    done = import_facts(
        context.site,
        context.workspace,
        table,
        parsed.facts,
        source=source or file.name,
        file_name=file.name,
        by=context.member.person,
        now=context.now,
        replace=replace,
    )
    return Told(
        [*told.sentences, done.sentence], {**told.facts, "dry_run": False, "load": done.load.load_id if done.load else None, "is_new": done.is_new}
    )


def _options(
    context: Context,
    *,
    columns: Sequence[str],
    wide: Sequence[str],
    fixed: Sequence[str],
    date_format: str | None,
    decimal: DecimalMark | None,
    weekly: bool,
    repeated: str,
) -> CsvOptions:
    from zoneinfo import ZoneInfo

    return CsvOptions(
        mapping={header: column for column, header in _pairs("--column", columns, "cost='Amount spent'").items()},
        wide={header: header for header in wide},
        fixed=_pairs("--fixed", fixed, "channel=search"),
        names=_names(context),
        decimal=decimal,
        date_format=_date_format(date_format),
        weekly=weekly,
        repeated=_repeated(repeated),
        currency=context.workspace.currency,
        as_of=context.today,
        timezone=ZoneInfo(context.workspace.timezone),
    )


def _pairs(option: str, given: Sequence[str], example: str) -> dict[str, str]:
    """`cost=Amount spent` as column -> header or value. Raises InvalidInput for each that is not of that form."""
    problems = [
        Problem("FACTS-901", f"{option} {pair}", repr(pair), f"two parts with = between them, such as {example}", "Write it so.")
        for pair in given
        if "=" not in pair
    ]
    if problems:
        raise InvalidInput(problems, state="No row was imported.")
    return dict(pair.split("=", 1) for pair in given)


def _date_format(given: str | None) -> DateFormat | None:
    if given is not None and given not in DATE_FORMATS:
        raise InvalidInput(
            [Problem("FACTS-902", "--date-format", repr(given), "iso, dmy or mdy", "Choose one of them.")], state="No row was imported."
        )
    return DATE_FORMATS[given] if given is not None else None


def _repeated(given: str) -> Repeated:
    if given in REPEATED:
        return REPEATED[given]
    raise InvalidInput(
        [Problem("FACTS-904", "--repeated", repr(given), "refuse, add_up or drop_identical", "Choose one of them.")], state="No row was imported."
    )


def _names(context: Context) -> dict[str, dict[str, str]]:
    """The saved mapping: names of channels and campaigns in files -> their ids in the strategy."""
    revision = latest_revision(context.workspace)
    if revision is None:
        return {}
    strategy = strategy_of(revision)
    return {
        "channel": {channel.name: channel.id for channel in strategy.channels if channel.name},
        "campaign": {campaign.name: campaign.id for campaign in strategy.campaigns if campaign.name},
    }


def _read(file: Path, most: int) -> bytes:
    try:
        size = file.stat().st_size
        if size > most:
            raise Refused(
                f"{file.name} is {size / 1e6:.0f} MB; at most {most / 1e6:.0f} MB are read at once.",
                fix="Split it by year and import the parts.",
                code="FACTS-903",
            )
        return file.read_bytes()
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.", fix="Check the name and the right to read it.", code="FILE-001") from error


def _unknown_channels(context: Context, parsed: ParsedTable, table: str) -> tuple[str, ...]:
    """Channels of the file that the strategy (when there is one) does not have."""
    if table != "spend" or parsed.facts is None:
        return ()
    revision = latest_revision(context.workspace)
    known = {channel.id for channel in Strategy.model_validate(revision.document).channels} if revision else set()
    return tuple(sorted({str(channel) for channel in parsed.facts.column("channel")} - known))


def _tell(parsed: ParsedTable, table: str, unknown: Sequence[str]) -> Told:
    summary = parsed.summary
    span = f", {summary.first_day.isoformat()} to {summary.last_day.isoformat()}" if summary.first_day and summary.last_day else ""
    sentences = [f"{count(summary.rows, 'row')} of {table}{span}."]
    if summary.totals:
        shown = "; ".join(f"{name} {total:,}" for name, total in summary.totals[:MOST_TOTALS])
        more = f"; and {len(summary.totals) - MOST_TOTALS} more" if len(summary.totals) > MOST_TOTALS else ""
        sentences.append(f"Totals, {summary.totals_of}: {shown}{more}.")
    sentences.append("Columns: " + ", ".join(f"“{header}” is {column}" if header != column else header for header, column in parsed.mapping) + ".")
    sentences += [f"Note: {warning}" for warning in parsed.warnings]
    sentences += say_unknown_channels(unknown)
    return Told(
        sentences,
        {
            "table": table,
            "unknown_channels": list(unknown),
            "rows": summary.rows,
            "first_day": summary.first_day,
            "last_day": summary.last_day,
            "totals": {name: str(total) for name, total in summary.totals},
            "mapping": dict(parsed.mapping),
            "ignored": list(parsed.ignored),
            "warnings": [warning.to_dict() for warning in parsed.warnings],
        },
    )
