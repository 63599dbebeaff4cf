"""The companies of the demo, known before any site is opened."""

from __future__ import annotations

from quarterdeck.kernel.problems import Refused

COMPANIES = ("harbour", "retailer")


def require_company(only: str | None) -> None:
    """Nothing, for a company of the demo or for all of them (None). Raises Refused with what there is."""
    if only is not None and only not in COMPANIES:
        raise Refused(
            f"There is no demo of “{only}”.",
            fix=f"Choose one of {', '.join(COMPANIES)}.",
            code="SAMPLE-001",
            state="Nothing was thrown away or loaded.",
        )
