"""Accounts of people: signing in, passwords, second steps, and the limit on guessing."""
