"""Experiments: what tests found about the return of a channel, and what that lets a fit believe."""
