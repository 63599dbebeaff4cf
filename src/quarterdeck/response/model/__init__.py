"""What an outcome is believed to be made of: saturation and its forms, carry-over, unpaid exposures, odd weeks, drift and noise."""
