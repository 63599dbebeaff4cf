"""Checks of step 6: the budget, who does what with how many hours, and the figures that are followed."""
