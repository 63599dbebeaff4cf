"""The baseline: what would come without paid media; its linear block, and a light forecaster for metrics without spend."""
