"""Appended: the base of tables whose rows are written once and never changed or deleted."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models

from quarterdeck.kernel.problems import Refused

HASH_LENGTH = 64
NAME_LENGTH = 200


class AppendedQuerySet(models.QuerySet):  # type: ignore[type-arg]  # Django's QuerySet is generic in its stubs alone
    """A query that adds rows, and fills fields that wait for a value (`set_once`), but changes nothing that was written."""

    def update(self, **values: Any) -> int:
        """How many rows got their waiting fields filled; a row whose field has a value already is left as it is."""
        fixed = sorted(set(values) - self.model.set_once)
        if fixed:
            _refuse(self.model, f"{', '.join(fixed)} cannot be changed")
        waiting = self.filter(**{f"{name}__isnull": True for name in values})
        return super(AppendedQuerySet, waiting).update(**values)

    def delete(self) -> NoReturn:
        """Raises Refused."""
        _refuse(self.model, "it cannot be deleted")

    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> Any:
        """The rows added. Raises Refused when asked to overwrite rows that exist."""
        if options.get("update_conflicts"):
            _refuse(self.model, "it cannot be overwritten")
        return super().bulk_create(objs, *args, **options)


class Appended(models.Model):
    """A row that is written once. Fields in `set_once` start empty and may be filled one time, by a conditional update."""

    set_once: ClassVar[frozenset[str]] = frozenset()

    objects = AppendedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **options: Any) -> None:
        """Adds the row. Raises Refused when it was written before."""
        if not self._state.adding:
            _refuse(type(self), "it cannot be changed")
        options["force_insert"] = True
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Raises Refused."""
        _refuse(type(self), "it cannot be deleted")


def _refuse(model: type[models.Model], what: str) -> NoReturn:
    raise Refused(
        f"What the ledger says about a {model._meta.verbose_name} stays as it was written: {what}.",
        fix="Add a new entry that says what is true now.",
        code="LEDGER-001",
    )
