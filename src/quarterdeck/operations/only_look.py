"""only_looking: what a page asks the ledger several times while it is shown is asked once, and forgotten when it stands."""

from quarterdeck.ledger.gateway.asked_once import only_looking

__all__ = ["only_looking"]
