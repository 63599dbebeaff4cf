"""Fixtures of these tests."""

from plan_pages import change, strategy_of

__all__ = ["change", "strategy_of"]
