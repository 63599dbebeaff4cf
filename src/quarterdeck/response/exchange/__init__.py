"""Fits and curves as tables and back: what is kept, what other tools take, and what comes from them."""
