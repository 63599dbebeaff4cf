"""Charts: pictures as data. Each chart is a pure function from figures to a `Chart`: its finding, its table and two Vega-Lite specs."""
