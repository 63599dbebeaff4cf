"""Words: money, counts, dates and chances as people of the company's locale write them, and names in place of ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import Quarter
from quarterdeck.plan.quarter_plan import Range
from quarterdeck.strategy.document import Strategy

DEFAULT_LOCALE = "en_GB"
MANY = 10_000_000
"""From here on money is said in millions."""


@dataclass(frozen=True)
class Words:
    """How to say things to the people of one company."""

    currency: str = "GBP"
    locale: str = DEFAULT_LOCALE
    names: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, strategy: Strategy) -> Words:
        """The words of a company: its currency, its language and first market as locale, its own names for channels and campaigns."""
        return cls(strategy.company.currency, locale_of(strategy.company.languages, strategy.company.markets), tuple(_names_of(strategy)))

    def name(self, ref: str | None) -> str:
        """The name behind an id; the id itself with spaces when it has none."""
        return dict(self.names).get(ref or "", (ref or "").replace("_", " ").replace("-", " "))

    def money(self, amount: Decimal | float, *, exact: bool = False) -> str:
        """`£1,200`: whole units from 100 up unless `exact`, pence below, millions from ten millions up, with three digits or four."""
        from babel.numbers import format_compact_currency, format_currency

        amount = Decimal(str(amount))
        if abs(amount) >= MANY and not exact:
            digits = 2 if amount.adjusted() % 3 == 0 else 1  # three digits in all: $12.5M, $125M
            if amount.adjusted() >= 9 or len(amount.normalize().as_tuple().digits) == 4:
                digits += 1  # a target of $1.195B is no $1.2B
            compact: str = format_compact_currency(amount, self.currency, locale=self.locale, format_type="short", fraction_digits=digits)
            return compact.replace("-", "\N{MINUS SIGN}")
        places = exact or 0 < abs(amount) < 100
        text: str = format_currency(
            amount,
            self.currency,
            locale=self.locale,
            currency_digits=places,
            decimal_quantization=True,
            format=None if places else self._whole_money_pattern(),
        )
        return text.replace("-", "\N{MINUS SIGN}")

    def count(self, value: float, *, digits: int = 0) -> str:
        """`4,870`, with a true minus sign."""
        from babel.numbers import format_decimal

        text: str = format_decimal(round(value, digits), locale=self.locale, format="#,##0" + (f".{'0' * digits}" if digits else ""))
        return text.replace("-", "\N{MINUS SIGN}")

    def amount(self, value: float | Decimal, metric: str, *, about: bool = False) -> str:
        """A figure of a metric: money as money, counts as counts, `2.5 seconds`. `about` rounds a forecast to two or three digits that can be meant."""
        figure = _round_forecast(float(value)) if about else float(value)
        known = METRICS.get(metric)
        if known and known.unit in ("money", "money_per_count"):
            return self.money(figure)
        if known is None or known.unit not in ("hours", "seconds"):
            return self.count(figure)
        said = self.count(figure, digits=0 if figure == round(figure) else 1 if abs(figure) >= 1 else 2)
        return f"{said} {known.unit if said != '1' else known.unit[:-1]}"

    def with_unit(self, value: float | Decimal, metric: str, *, about: bool = False) -> str:
        """`4,870 new customers`, `£72,400 of revenue`, `a response time of 2 hours`."""
        known = METRICS.get(metric)
        label = known.name.lower() if known else metric.replace("_", " ")
        if known and known.unit not in ("count", "money"):
            return f"{'an' if label[0] in 'aeiou' else 'a'} {label} of {self.amount(value, metric, about=about)}"
        joint = " of " if known and known.unit == "money" else " "
        return f"{self.amount(value, metric, about=about)}{joint}{label}"

    def join(self, names: Sequence[str]) -> str:
        """`Search, Social and Radio`: the sentences around it are English, whatever the locale of its figures."""
        from babel.lists import format_list

        text: str = format_list(list(names), locale=self.locale if self.locale.startswith("en") else "en_GB")
        return text

    def signed(self, value: float, metric: str) -> str:
        """`+34` or `−58`, in the metric's unit."""
        text = self.amount(value, metric)
        if not any(digit in text for digit in "123456789"):
            return text.lstrip("\N{MINUS SIGN}")
        return text if value < 0 or text.strip("£$€0.,") == "" else f"+{text}"

    def span(self, span: Range, metric: str) -> str:
        """`4,510 to 5,240`."""
        return f"{self.amount(span.low, metric, about=True)} to {self.amount(span.high, metric, about=True)}"

    def chance(self, chance: float | None) -> str:
        """`21 %`; the ends are never said to be certain."""
        if chance is None:
            return "not known"
        if chance < 0.01:
            return "under 1 %"
        if chance > 0.99:
            return "over 99 %"
        return f"{round(chance * 100)} %"

    def share(self, share: float) -> str:
        """`7.2 %`."""
        return f"{share * 100:.1f} %".replace("-", "\N{MINUS SIGN}")

    def day(self, day: date) -> str:
        """`4 April 2027` as the locale writes it."""
        from babel.dates import format_date

        text: str = format_date(day, "long", locale=self.locale)
        return text

    def quarter(self, quarter: Quarter) -> str:
        """`Q1 2027 (4 January 2027 to 4 April 2027)`."""
        return f"{quarter.label} ({self.day(quarter.first_day)} to {self.day(quarter.last_day)})"

    def _whole_money_pattern(self) -> str:
        from babel import Locale

        pattern: str = Locale.parse(self.locale).currency_formats["standard"].pattern
        return pattern.replace(".00", "").replace(",00", "")


def how_many(number: int, one: str, many: str | None = None) -> str:
    """`1 task`, `2 tasks`, `0 people`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _round_forecast(value: float) -> float:
    """To three significant digits: a forecast is never known more closely."""
    return float(f"{value:.3g}")


def locale_of(languages: Sequence[str], markets: Sequence[str]) -> str:
    """How people of the first language write in the first market."""
    from babel import Locale, UnknownLocaleError

    language, territory = (languages or ("en",))[0].split("-")[0], (markets or ("GB",))[0]
    try:
        return str(Locale.parse(f"{language}_{territory}"))
    except (UnknownLocaleError, ValueError):
        return DEFAULT_LOCALE


def _names_of(strategy: Strategy) -> list[tuple[str, str]]:
    named: list[tuple[str, str]] = [(channel.id, channel.name or channel.id.replace("_", " ").capitalize()) for channel in strategy.channels]
    named += [(campaign.id, campaign.name or campaign.id.replace("-", " ")) for campaign in strategy.campaigns]
    named += [(person.id, person.name or person.id.capitalize()) for person in strategy.management.people]
    named += [(task.id, task.title) for task in strategy.management.tasks]
    return named + [(item.id, item.title) for item in strategy.content.items]
