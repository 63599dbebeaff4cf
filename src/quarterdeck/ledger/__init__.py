"""Everything decided and done, that must never be lost: models, and gateways that change them safely with many workers."""
