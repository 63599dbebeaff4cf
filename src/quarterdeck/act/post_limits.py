"""post_length: how long a post or text message is as its network counts it, against the most that the network takes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LIMITS = {
    "x": 280,
    "twitter": 280,
    "bluesky": 300,
    "mastodon": 500,
    "threads": 500,
    "pinterest": 500,
    "instagram": 2200,
    "tiktok": 2200,
    "linkedin": 3000,
    "youtube": 5000,
    "facebook": 63206,
}
"""Signs of one post, by what each network publishes for developers."""
LINK_ON_X = 23
"""X counts every link as 23 signs, however long it is (docs.x.com, "Counting characters")."""
_LINK = re.compile(r"https?://\S+")
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that X counts once; all others count twice."""
_GSM = set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà")
_GSM_TWICE = set("^{}\\[~]|€")


@dataclass(frozen=True, slots=True)
class PostLength:
    """`signs` as the network counts them, and the most it takes."""

    signs: int
    limit: int

    @property
    def is_too_long(self) -> bool:
        """Whether the network would refuse or cut it."""
        return self.signs > self.limit


def network_of(*names: str | None) -> str | None:
    """The network that any of these names (a channel's id, name or tool) speaks of; None when none is known."""
    words = {word for name in names if name for word in re.split(r"[^a-z]+", name.lower())}
    return next((network for network in LIMITS if network in words), None)


def post_length(text: str, network: str) -> PostLength:
    """Length of `text` on `network`, a key of LIMITS. An emoji of several code points may be counted more than the network does, never less."""
    if network not in ("x", "twitter"):
        return PostLength(len(text), LIMITS[network])
    links = _LINK.findall(text)
    rest = unicodedata.normalize("NFC", _LINK.sub("", text))
    weighed = sum(1 if any(first <= ord(sign) <= last for first, last in _LIGHT) else 2 for sign in rest)
    return PostLength(weighed + LINK_ON_X * len(links), LIMITS[network])


def sms_parts(text: str) -> int:
    """How many text messages `text` is sent and paid as: 160 signs each of the plain alphabet, 70 otherwise, a little less when there are several.

    Source: 3GPP TS 23.038 (alphabet) and 23.040 (joined messages). 0 for an empty text.
    """
    is_plain = all(sign in _GSM or sign in _GSM_TWICE for sign in text)
    length = len(text) + sum(sign in _GSM_TWICE for sign in text) if is_plain else len(text.encode("utf-16-le")) // 2
    alone, joined = (160, 153) if is_plain else (70, 67)
    return 0 if length == 0 else 1 if length <= alone else -(-length // joined)
