"""Checks of figures that stand in different places: amounts of money, parts and wholes, currencies."""
