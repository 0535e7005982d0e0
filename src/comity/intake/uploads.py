"""A file on its way in: no more of it than is allowed ever reaches the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest


class LimitedUpload(TemporaryFileUploadHandler):
    """Takes a file up to the limit and lets go of the rest; `request.upload_too_large` says so."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.LARGEST_UPLOAD:
            request: Any = self.request
            request.upload_too_large = True
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)


def limit_upload(request: HttpRequest) -> None:
    """Has to come before anything looks at what was sent."""
    request.upload_handlers = [LimitedUpload(request)]


def was_too_large(request: HttpRequest) -> bool:
    return getattr(request, "upload_too_large", False)
