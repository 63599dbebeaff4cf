"""From a series to a fit: sampled until the chains agree, and told whether it can be believed."""
