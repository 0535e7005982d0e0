"""Nobody overwrites another person's change without seeing it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stale(Exception):
    """The record was changed by somebody else since the person opened it.

    `current` is the record as it is now, so that a page can show both versions.
    """

    def __init__(self, current: "Versioned") -> None:
        super().__init__(f"{current._meta.label} {current.pk} was changed meanwhile")
        self.current = current


class Versioned(models.Model):
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    def claim(self, expected_version: int) -> None:
        """Take the next version, or raise `Stale` if the record is no longer at the expected one.

        Must run inside the transaction that saves the record; the row stays locked until its end.
        """
        label: Any = type(self)._default_manager
        taken = label.filter(pk=self.pk, version=expected_version).update(
            version=expected_version + 1
        )
        if not taken:
            raise Stale(label.get(pk=self.pk))
        self.version = expected_version + 1
