"""Checks of step 1: goals and objectives, each by itself, beside each other, and beside what the company's figures say."""
