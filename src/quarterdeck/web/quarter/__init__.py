"""This quarter: the answer, what to do next, the course, the money, the next days."""
