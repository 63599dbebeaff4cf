"""count_try: the limit on guessing. Every password and every code that is tried is counted first, by name and by address."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import math
import re
from datetime import datetime

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.accounts import fold_name
from quarterdeck.ledger.gateway.audit import record_audit, was_recorded_since
from quarterdeck.ledger.gateway.sign_in_limits import MOST_BY_ADDRESS, MOST_BY_NAME, WINDOW, TooMany, claim_attempt, forgive_name
from quarterdeck.ledger.models import Account, SignInAttempt
from quarterdeck.operations.site import Site

_MINUTES = int(WINDOW.total_seconds() // 60)
_WITH_PORT = re.compile(r"\[([^\]]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+")
_WHY = {
    "name": f"There were {MOST_BY_NAME} wrong tries for this name within {_MINUTES} minutes.",
    "address": f"There were {MOST_BY_ADDRESS} wrong tries from your network within {_MINUTES} minutes.",
}


def count_try(site: Site, name: str, address: str, *, account: Account | None, now: datetime, state: str = "You are not signed in.") -> SignInAttempt:
    """The try, counted as failed until it is said to have worked. Raises Refused with the time to wait when there were too many.

    `name` as it was typed, `account` whose it is.
    """
    claimed = claim_attempt(_hash(site, name), network_of(address), now=now)
    if isinstance(claimed, TooMany):
        _record(claimed, account, network_of(address), now=now)
        minutes = max(1, math.ceil((claimed.until - now).total_seconds() / 60))
        raise Refused(
            _WHY[claimed.by], fix=f"Wait {minutes} {'minute' if minutes == 1 else 'minutes'}, then try again.", code="ACCOUNT-021", state=state
        )
    return claimed


def forgive(site: Site, name: str, *, now: datetime) -> None:
    """Nothing; wrong tries for this name before `now` count no longer."""
    forgive_name(_hash(site, name), now=now)


def network_of(address: str) -> str:
    """What is counted as one address: of IPv6 the first half, for one person has all of the other; `unknown` for what is no address.

    Some proxies write the port too, which is another at every try.
    """
    with_port = _WITH_PORT.fullmatch(address.strip())
    try:
        parsed = ipaddress.ip_address(next(filter(None, with_port.groups())) if with_port else address.strip())
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), 64), strict=False))


def _hash(site: Site, name: str) -> str:
    return hmac.new(site.derive_key("names at sign-in"), fold_name(name).encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _record(wait: TooMany, account: Account | None, address: str, *, now: datetime) -> None:
    """One line a wait, however often somebody knocks."""
    who = account.person if account else "somebody"
    what = f"{who}, {'too many wrong tries' if wait.by == 'name' else f'too many wrong tries from {address}'}"
    if not was_recorded_since(now - WINDOW, verb="refuse_sign_in", what=what):
        record_audit(None, who=who, verb="refuse_sign_in", what=what, now=now, details={"by": wait.by, "address": address})
