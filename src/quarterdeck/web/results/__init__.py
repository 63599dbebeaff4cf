"""Results: what happened against plan and last year, channel by channel, and whether the figures can be trusted."""
