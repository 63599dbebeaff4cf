"""How a plan becomes actions: what wants to leave, the states it passes through, and the files handed to people."""
