"""The secret of a link that shows a paper: made from the share's nonce and the site's key, so that neither the ledger nor a back-up of it opens anything."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from quarterdeck.operations.site import Site

_PURPOSE = "share"
_NONCE_BYTES, _NONCE_SIGNS = 12, 16
_MARK_BYTES = 18


def new_nonce() -> str:
    """Sixteen signs that nobody can guess."""
    return secrets.token_urlsafe(_NONCE_BYTES)


def path_of(site: Site, nonce: str) -> str:
    """The address of a share below the site's own: `/s/<token>/`. It can be worked out again at any time, here alone."""
    return f"/s/{nonce}{_mark(site, nonce)}/"


def nonce_of(site: Site, token: str) -> str | None:
    """The nonce that a token speaks of; None for one that this site did not make. Nothing is looked up for that: every wrong token takes the same time."""
    nonce, mark = token[:_NONCE_SIGNS], token[_NONCE_SIGNS:]
    return nonce if hmac.compare_digest(_mark(site, nonce).encode(), mark.encode()) else None


def _mark(site: Site, nonce: str) -> str:
    made = hmac.new(site.derive_key(_PURPOSE), nonce.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(made[:_MARK_BYTES]).decode()
