"""Checks of steps 4 and 5: tools, channels, campaigns, content, and how they hang together."""
