"""What a start brings in: nothing heavy before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("numpy", "scipy", "pandas", "duckdb", "django", "ortools", "sqlglot", "holidays", "babel")


def loaded_by(code: str) -> set[str]:
    """Which of the heavy packages are imported once `code` has run in a new process."""
    asked = f"{code}\nimport sys\nprint('LOADED', *[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.splitlines()[-1].split()[1:])


def test_importing_quarterdeck_imports_nothing_heavy():
    assert loaded_by("import quarterdeck; dir(quarterdeck)") == set()


@pytest.mark.parametrize("words", ["--help", "--version", "plan --help", "strategy check --help", ""], ids=lambda words: words or "nothing")
def test_asking_for_help_imports_nothing_heavy(words):
    code = f"import sys; sys.argv = ['quarterdeck', *{words!r}.split()]\nfrom quarterdeck.app.console import main\ntry:\n    main()\nexcept SystemExit:\n    pass"
    assert loaded_by(code) == set()


def test_checking_a_strategy_needs_no_database_and_no_arithmetic():
    loaded = loaded_by("import quarterdeck\nquarterdeck.check_strategy\nquarterdeck.read_strategy")
    assert not loaded & {"numpy", "scipy", "pandas", "duckdb", "django", "ortools"}


def test_every_name_of_the_package_is_there():
    import quarterdeck

    for name in quarterdeck.__all__:
        assert getattr(quarterdeck, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing_like_it'"):
        quarterdeck.nothing_like_it  # noqa: B018  # asking is the test
