"""What a fit knows, ready to be read: curves, what each channel brings, their figures and small tables."""
