"""Money is Decimal with a currency; cents and micros are converted here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

MICROS = Decimal(1_000_000)
LARGEST_AMOUNT = 1e30
"""No amount, count or figure of a file is larger: its square, and the square of that, stay numbers."""
_MINOR_DIGITS = {"BHD": 3, "CLP": 0, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "OMR": 3, "TND": 3, "UGX": 0, "VND": 0}


def minor_digits(currency: str) -> int:
    """Digits after the point in which `currency` is paid: 2 for most, 0 for JPY, 3 for KWD (ISO 4217)."""
    return _MINOR_DIGITS.get(currency, 2)


def round_money(amount: Decimal, currency: str) -> Decimal:
    """`amount` in the smallest coin of `currency`, half to even."""
    return amount.quantize(Decimal(1).scaleb(-minor_digits(currency)), rounding=ROUND_HALF_EVEN)


def to_minor_units(amount: Decimal, currency: str) -> int:
    """Whole cents (pence, yen ...). Raises ValueError when `amount` is finer than the smallest coin."""
    units = amount.scaleb(minor_digits(currency))
    if units != units.to_integral_value():
        raise ValueError(f"{amount} {currency} is finer than the smallest coin; round it with round_money first")
    return int(units)


def from_minor_units(units: int, currency: str) -> Decimal:
    """The amount that `units` cents are."""
    return Decimal(units).scaleb(-minor_digits(currency))


def to_micros(amount: Decimal) -> int:
    """Millionths, as ad platforms count. Raises ValueError when `amount` is finer than a millionth."""
    micros = amount * MICROS
    if micros != micros.to_integral_value():
        raise ValueError(f"{amount} is finer than a millionth")
    return int(micros)


def from_micros(micros: int) -> Decimal:
    """The amount that `micros` millionths are."""
    return Decimal(micros) / MICROS


def split_money(total: Decimal, weights: Sequence[float | Decimal], *, step: Decimal = Decimal("0.01")) -> tuple[Decimal, ...]:
    """`total` shared out by `weights` in whole `step`s, adding up exactly (largest remainder first, then order given).

    All weights zero gives equal shares; no weights gives (). What `total` holds beyond whole steps goes to the largest share.
    Raises ValueError for a negative weight. Source: Hamilton's method, Balinski & Young 1982, ch. 3.
    """
    exact = [Decimal(str(weight)) for weight in weights]
    if not exact:
        return ()
    if min(exact) < 0:
        raise ValueError(f"a share cannot be negative: {min(exact)}")
    if sum(exact) == 0:
        exact = [Decimal(1)] * len(exact)
    scale = sum(exact, Decimal(0))
    quotas = [total * weight / scale / step for weight in exact]
    whole = [quota.to_integral_value(rounding="ROUND_FLOOR") for quota in quotas]
    missing = int((total / step).to_integral_value(rounding="ROUND_FLOOR") - sum(whole, Decimal(0)))
    by_remainder = sorted(range(len(exact)), key=lambda i: (whole[i] - quotas[i], i))
    for i in by_remainder[:missing]:
        whole[i] += 1
    shares = [units * step for units in whole]
    shares[max(range(len(shares)), key=lambda i: (exact[i], -i))] += total - sum(shares, Decimal(0))
    return tuple(shares)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217). Adding two currencies raises ValueError."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        if self.currency != other.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}; convert one of them first")
        return Money(self.amount + other.amount, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        return self + (-other)
