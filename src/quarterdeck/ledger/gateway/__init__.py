"""Small functions that change and read the ledger. Every change of state is one conditional update, so that many workers are safe."""
