"""The formats in which reports are issued: known without the libraries that write them."""

from django.db import models

from comity.files.media import DOCX, PDF, XLSX


class Format(models.TextChoices):
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    PDF = "pdf", "PDF"


MEDIA_TYPES = {Format.DOCX: DOCX, Format.XLSX: XLSX, Format.PDF: PDF}
