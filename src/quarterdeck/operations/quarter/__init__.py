"""This quarter at a glance: the answer, the money, the next days, and what waits for somebody."""
