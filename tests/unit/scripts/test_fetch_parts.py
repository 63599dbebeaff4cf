"""Parts from the npm registry: what arrives is compared with its hash, and setup goes on without them."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import importlib.util
import io
import sys
import tarfile
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "scripts" / "fetch_parts.py"


@pytest.fixture
def parts():
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("fetch_parts", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules["fetch_parts"] = module
    spec.loader.exec_module(module)
    return module


def _archive() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        member = tarfile.TarInfo("package/a.txt")
        member.size = 5
        archive.addfile(member, io.BytesIO(b"hello"))
    return packed.getvalue()


def _part(parts, folder: Path, archive: bytes):
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    return parts.Part("@some/thing", "1.0.0", integrity, folder, {"package/a.txt": "a.txt"})


def test_a_part_is_fetched_once(parts, tmp_path, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(parts, "_download", lambda address: asked.append(address) or _archive())
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "https://registry.example/")
    part = _part(parts, tmp_path, _archive())

    parts.fetch(part)
    parts.fetch(part)

    assert (tmp_path / "a.txt").read_text() == "hello"
    assert asked == ["https://registry.example/@some/thing/-/thing-1.0.0.tgz"]


def test_something_else_than_expected_is_not_kept(parts, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(parts, "_download", lambda address: b"something else")

    with pytest.raises(parts.NotFetched, match="not what was expected"):
        parts.fetch(_part(parts, tmp_path, _archive()))

    assert not list(tmp_path.iterdir())


def test_setup_goes_on_without_the_typeface(parts, tmp_path, monkeypatch, capsys) -> None:
    def fail(address: str) -> bytes:
        raise parts.NotFetched(f"{address} could not be fetched (no network)")

    monkeypatch.setattr(parts, "_download", fail)
    monkeypatch.setitem(parts.PARTS, "font", dataclasses.replace(parts.PARTS["font"], folder=tmp_path))
    monkeypatch.setitem(parts.PARTS, "axe", dataclasses.replace(parts.PARTS["axe"], folder=tmp_path))

    assert parts.main(["font"]) == 0
    assert "typeface of the system" in capsys.readouterr().out
    assert parts.main(["axe"]) == 1


def test_the_registry_is_the_one_of_the_environment_then_of_the_user(parts, tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("NPM_CONFIG_REGISTRY", raising=False)
    monkeypatch.delenv("npm_config_registry", raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)

    nobody_said = parts.registry()
    (tmp_path / ".npmrc").write_text("fund=false\nregistry = https://npm.example/x/\n")
    user_said = parts.registry()

    assert (nobody_said, user_said) == ("https://registry.npmjs.org", "https://npm.example/x")
