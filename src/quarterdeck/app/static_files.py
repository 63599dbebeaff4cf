"""Static files of the cockpit: collected into the site with hashed names and compressed, anew only when one of them changed."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from quarterdeck import __version__

_FOLDER, _MARK = ".static", ".collected-from"
_FORM = 1
"""Raised when this module collects in another way."""
_A_YEAR = "max-age=31536000, public, immutable"


def static_settings(folder: Path) -> dict[str, Any]:
    """What Django and WhiteNoise are told, for the site in `folder`."""
    return {
        "STATIC_ROOT": str(folder / _FOLDER),
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        },
        "WHITENOISE_KEEP_ONLY_HASHED_FILES": True,
        "WHITENOISE_ALLOW_ALL_ORIGINS": False,
        "WHITENOISE_MAX_AGE": 0,
        "WHITENOISE_ADD_HEADERS_FUNCTION": _for_a_year,
    }


def collect_static_files() -> bool:
    """Whether they were collected now; False when what was collected before is still the same. Written aside and renamed."""
    from django.conf import settings

    place = Path(settings.STATIC_ROOT)
    found = _fingerprint()
    if (place / _MARK).is_file() and (place / _MARK).read_text(encoding="ascii") == found:
        return False
    aside = place.with_name(f"{_FOLDER}.new")
    shutil.rmtree(aside, ignore_errors=True)
    _collect_into(aside)
    (aside / _MARK).write_text(found, encoding="ascii")
    shutil.rmtree(place, ignore_errors=True)
    aside.rename(place)
    return True


def _collect_into(folder: Path) -> None:
    """As Django's own `collectstatic` would, into a folder that nobody reads yet."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from whitenoise.storage import CompressedManifestStaticFilesStorage

    from quarterdeck.web.templatetags.typeface import has_inter

    kept = CompressedManifestStaticFilesStorage(location=str(folder), base_url=settings.STATIC_URL)
    left_out = [] if has_inter() else ["inter.css"]  # it names files that are not there
    found: dict[str, tuple[object, str]] = {}
    for finder in get_finders():
        for name, source in finder.list(left_out):
            if name not in found:  # the first app that has it, as everywhere
                with source.open(name) as file:
                    kept.save(name, file)
                found[name] = (source, name)
    for name, _, problem in kept.post_process({name: (kept, name) for name in found}):
        if isinstance(problem, Exception):
            raise RuntimeError(f"the static file {name} cannot be prepared") from problem


def _fingerprint() -> str:
    """Of the names, sizes and times of all static files, and of what collects them."""
    import django
    from django.contrib.staticfiles.finders import get_finders

    lines = [f"{_FORM} {__version__} {django.__version__}"]
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            lines.append(f"{name} {about.st_size} {about.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _for_a_year(headers: Headers, path: str, url: str) -> None:
    """Files whose name changes with their content need never be asked for again."""
    del path, url
    if "immutable" in (headers["Cache-Control"] or ""):
        headers["Cache-Control"] = _A_YEAR
