"""A simulated market whose truth only it knows: for rehearsal, the sample company, and tests against truth.

`market.py` is what a company sees of it. `truth.py` is for tests and reports alone: a model or a plan that reads it proves nothing.
"""
