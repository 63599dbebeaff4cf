"""Findings: what a person should know about the data and the fit, a module for each thing that they are about."""
