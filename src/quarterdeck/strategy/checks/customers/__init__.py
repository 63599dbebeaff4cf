"""Checks of steps 2 and 3: who the customers are, how that is known, and why they should choose us."""
