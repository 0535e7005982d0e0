"""Files kept as they came, named by what is in them."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One file, kept once however often it comes: its SHA-256 is its name on the disk."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("name it came with"), max_length=255)
    media_type = models.CharField(max_length=127)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return stored_path(self.sha256)


def stored_path(sha256: str) -> Path:
    """Where a file with this SHA-256 lies; two levels of folders keep each folder short."""
    return Path(settings.COMITY_DATA) / "files" / sha256[:2] / sha256[2:4] / sha256


def sha256_of(chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
