"""Checks of what is written in sentences: their figures, days, feasts and languages."""
