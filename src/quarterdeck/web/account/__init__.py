"""Accounts: signing in and out, password, second step, theme."""
