"""Do: what wants to leave, what was done, files to hand over."""
