"""A PostgreSQL server for tests: started on 127.0.0.1 in a folder of its own, thrown away at the end.

    python scripts/postgres_for_tests.py                  prints its URL and keeps it until the input ends or Ctrl-C is pressed
    python scripts/postgres_for_tests.py -- pytest tests  runs the command with QUARTERDECK_TEST_POSTGRES set to the URL

Debian's `postgresql` is installed when it is missing and this user may install it.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

URL_VARIABLE = "QUARTERDECK_TEST_POSTGRES"
HOW_TO_GET_IT = (
    "Install PostgreSQL (Debian, Ubuntu: `sudo apt-get install postgresql`; macOS: `brew install postgresql`), or name a server to test on in "
    + URL_VARIABLE
)
_TRIES = 5
# A server that is thrown away has nothing to lose in a power cut.
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=32MB -c max_connections=100 -c unix_socket_directories=''"


class NoPostgres(RuntimeError):
    """PostgreSQL cannot be had here; the message says what to install."""


@dataclass(frozen=True)
class Cluster:
    """A server that runs: `url` names its maintenance database; `stop` ends it and takes its files away."""

    url: str
    folder: Path
    pg_ctl: Path

    def stop(self) -> None:
        """Nothing of it is left."""
        _run_as_owner([str(self.pg_ctl), "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop"], self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)


def find_binaries() -> Path | None:
    """The folder that holds initdb and pg_ctl, the newest version first; None when there is none."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: _number(folder.parent.name), reverse=True)
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb"), shutil.which("postgres")] if found]
    brew = sorted(Path("/opt/homebrew/opt").glob("postgresql*/bin"), reverse=True)
    return next((folder for folder in [*versions, *on_path, *brew] if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


def start_cluster() -> Cluster:
    """A server that answers. Raises NoPostgres with what to install."""
    binaries = find_binaries()
    if binaries is None:
        _install()
        binaries = find_binaries()
    if binaries is None:
        raise NoPostgres(f"PostgreSQL is needed for these tests and was not found. {HOW_TO_GET_IT}.")
    folder = Path(tempfile.mkdtemp(prefix="quarterdeck-postgres-"))
    try:
        return _start(binaries, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def main(arguments: Sequence[str]) -> int:
    """The exit code of the command, or 0."""
    command = list(arguments[1:]) if arguments[:1] == ["--"] else list(arguments)
    cluster = start_cluster()
    try:
        if command:
            return subprocess.run(command, env={**os.environ, URL_VARIABLE: cluster.url}, check=False).returncode
        print(cluster.url, flush=True)
        sys.stdin.read()
        return 0
    except KeyboardInterrupt:
        return 0
    finally:
        cluster.stop()


def _start(binaries: Path, folder: Path) -> Cluster:
    password = secrets.token_urlsafe(18)
    (folder / "password").write_text(password)
    _give_to_owner(folder)
    data = folder / "data"
    _must(
        [
            str(binaries / "initdb"),
            "-D",
            str(data),
            "-U",
            "quarterdeck",
            "-A",
            "scram-sha-256",
            f"--pwfile={folder / 'password'}",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ],
        folder,
    )
    for _ in range(_TRIES):
        port = _free_port()
        log = folder / "log"
        done = _run_as_owner(
            [str(binaries / "pg_ctl"), "-D", str(data), "-l", str(log), "-w", "-t", "60", "-o", f"-h 127.0.0.1 -p {port} {_FAST}", "start"], folder
        )
        if done.returncode == 0:
            return Cluster(f"postgresql://quarterdeck:{password}@127.0.0.1:{port}/postgres", folder, binaries / "pg_ctl")
    raise NoPostgres(f"PostgreSQL was found in {binaries} and does not start:\n{log.read_text()}")


def _install() -> None:
    apt = shutil.which("apt-get")
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if apt is None or (prefix and shutil.which("sudo") is None):
        raise NoPostgres(f"PostgreSQL is needed for these tests and was not found. {HOW_TO_GET_IT}.")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "postgresql"]):
        done = subprocess.run([*prefix, apt, *step], env=quiet, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise NoPostgres(f"PostgreSQL is needed for these tests and could not be installed: {done.stderr.strip()[-300:]}\n{HOW_TO_GET_IT}.")


def _owner() -> str | None:
    """Who runs the server: nobody else than this user, but root may not, and hands over to `postgres`."""
    return "postgres" if os.geteuid() == 0 else None


def _give_to_owner(folder: Path) -> None:
    owner = _owner()
    if owner is None:
        return
    try:
        account = pwd.getpwnam(owner)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", owner], check=True)
        account = pwd.getpwnam(owner)
    for place in (folder, *folder.rglob("*")):
        os.chown(place, account.pw_uid, account.pw_gid)


def _run_as_owner(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    owner = _owner()
    prefix = ["runuser", "-u", owner, "--"] if owner else []
    # The server inherits no pipe of ours: whoever waits for its end would wait for ever.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run([*prefix, *command], cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, check=False)
        said.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, said.read(), "")


def _must(command: Sequence[str], folder: Path) -> None:
    done = _run_as_owner(command, folder)
    if done.returncode != 0:
        raise NoPostgres(f"PostgreSQL was found and cannot be set up: {done.stdout}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except NoPostgres as problem:
        sys.exit(str(problem))
