"""Tests of what a channel brings: the next one to make, what one found, and how it is kept for the next fit."""
