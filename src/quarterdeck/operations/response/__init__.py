"""Curves: fitted from a company's facts or from files, checked, kept, updated, and exchanged with other tools."""
