"""The markets that come with Quarterdeck, by id."""

from __future__ import annotations

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.market.preset import ChannelTruth, Preset
from quarterdeck.market.presets_business import B2B, SAAS
from quarterdeck.market.presets_local import LOCAL_TRADE
from quarterdeck.market.presets_shops import SHOP, SMALL_SHOP

__all__ = ["PRESETS", "ChannelTruth", "Preset", "find_preset"]

PRESETS: dict[str, Preset] = {preset.id: preset for preset in (SMALL_SHOP, SHOP, SAAS, B2B, LOCAL_TRADE)}


def find_preset(preset: str | Preset) -> Preset:
    """The preset of that id; a preset of one's own is given back as it is. Raises InvalidInput for an id that there is not."""
    if isinstance(preset, Preset):
        return preset
    if preset not in PRESETS:
        raise InvalidInput(
            [Problem("MARKET-020", "preset", preset, f"one of {', '.join(PRESETS)}", "Name one of these, or hand in a Preset of your own.")]
        )
    return PRESETS[preset]
