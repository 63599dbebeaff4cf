"""Settings: the company, its people, its facts, what was done by whom, backup; and the list of companies."""
