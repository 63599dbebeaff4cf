"""The composition root: a site's folder, Django's settings, the clock, and where the programs start."""
