"""Parts that come from the npm registry and are copied, not bundled: the typeface of the cockpit, and what tests its accessibility.

    python scripts/fetch_parts.py font   copies Inter into the package; without it the cockpit uses the system's typeface
    python scripts/fetch_parts.py axe    copies axe-core into .tools; prints where it is

The registry is NPM_CONFIG_REGISTRY, else the one in ~/.npmrc, else npm's own. What arrives is compared with the hash that stands here.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import sys
import tarfile
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REGISTRY = "https://registry.npmjs.org"
_SECONDS = 20


class NotFetched(RuntimeError):
    """A part cannot be had now; the message says why."""


@dataclass(frozen=True)
class Part:
    """A package of the registry, the SHA-512 of its archive (as npm writes it), and which of its files are copied where in `folder`."""

    package: str
    version: str
    integrity: str
    folder: Path
    files: Mapping[str, str]

    @property
    def is_here(self) -> bool:
        """Whether every file of it was copied before, from this version."""
        mark = self.folder / ".version"
        return mark.is_file() and mark.read_text().strip() == self.version and all((self.folder / name).is_file() for name in self.files.values())


PARTS = {
    "font": Part(
        "@fontsource-variable/inter",
        "5.3.0",
        "sha512-OupL48va4JNofb97w6NYeF9S7W/kHNKM0Er8Dem5nqi4jeOLrVJDoE8tZEpnMJmtkvNbB1EIPPwHcdkF6b1oUA==",
        ROOT / "src/quarterdeck/web/static/web/fonts",
        {
            "package/files/inter-latin-opsz-normal.woff2": "inter-latin.woff2",
            "package/files/inter-latin-ext-opsz-normal.woff2": "inter-latin-ext.woff2",
            "package/LICENSE": "LICENSE.txt",
        },
    ),
    "axe": Part(
        "axe-core",
        "4.14.1",
        "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
        ROOT / ".tools/axe-core",
        {"package/axe.min.js": "axe.min.js", "package/LICENSE": "LICENSE.txt"},
    ),
}


def fetch(part: Part) -> Path:
    """The folder with the part's files, fetched when they are not there yet. Raises NotFetched."""
    if part.is_here:
        return part.folder
    archive = _download(f"{registry()}/{part.package}/-/{part.package.rpartition('/')[2]}-{part.version}.tgz")
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != part.integrity:
        raise NotFetched(f"{part.package} {part.version} is not what was expected ({found})")
    part.folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        for inside, name in part.files.items():
            member = packed.extractfile(inside)
            if member is None:
                raise NotFetched(f"{part.package} {part.version} holds no {inside}")
            _write(part.folder / name, member.read())
    _write(part.folder / ".version", part.version.encode())
    return part.folder


def registry() -> str:
    """The address of the registry, without a slash at its end."""
    in_environment = next((value for name, value in os.environ.items() if name.lower() == "npm_config_registry" and value), None)
    named = in_environment or _registry_of_user() or REGISTRY
    return named.rstrip("/")


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 also when the typeface cannot be had, because the cockpit does without it."""
    if len(arguments) != 1 or arguments[0] not in PARTS:
        print(__doc__)
        return 2
    name = arguments[0]
    try:
        folder = fetch(PARTS[name])
    except NotFetched as problem:
        print(f"Quarterdeck: {problem}.", end=" ")
        print("The cockpit will use the typeface of the system." if name == "font" else "The accessibility tests need it.")
        return 0 if name == "font" else 1
    if name != "font":
        print(folder)
    return 0


def _registry_of_user() -> str | None:
    try:
        lines = (Path.home() / ".npmrc").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    named = [value.strip() for key, is_set, value in (line.partition("=") for line in lines) if is_set and key.strip() == "registry"]
    return named[-1] if named else None


def _download(address: str) -> bytes:
    if not address.startswith(("https://", "http://")):
        raise NotFetched(f"{address} is not an address of a registry")
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:  # the address was checked above
            content: bytes = answer.read()
            return content
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise NotFetched(f"{address} could not be fetched ({error})") from error


def _write(place: Path, content: bytes) -> None:
    aside = place.with_name(f".{place.name}.new")
    aside.write_bytes(content)
    aside.replace(place)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
