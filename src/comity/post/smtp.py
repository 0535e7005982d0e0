"""Django's way to any mail server, which also knows whether a letter may have left the house."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp


class Unsure(Exception):
    """The connection broke after the letter was begun: nobody knows whether the server has it."""


class _Careful:
    def data(self, msg: Any) -> Any:
        try:
            return super().data(msg)  # type: ignore[misc]  # of the class it is mixed into
        except smtplib.SMTPResponseException:
            raise
        except OSError as lost:  # of which smtplib's own are
            raise Unsure(str(lost)) from lost


class _Plain(_Careful, smtplib.SMTP):
    pass


class _Wrapped(_Careful, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Wrapped if self.use_ssl else _Plain
