"""Money, periods, metrics, problems and words: what every other room speaks in."""
