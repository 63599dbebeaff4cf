"""Checks of steps 7 and 8: how success will be judged, and what is not known yet."""
