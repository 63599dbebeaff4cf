"""Geo: the outcome of each region by week, fitted together, so that regions with few facts learn from the others."""
