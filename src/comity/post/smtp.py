"""Django's way to any mail server, which also knows whether a letter may have left the house."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp


class Unsure(Exception):
    """The connection broke after the text was begun: nobody knows whether the server has it."""


#: The answer after which the text of a letter is sent (RFC 5321, 4.2.3).
GO_ON = 354


class _Careful:
    _answered = 0

    def getreply(self) -> Any:
        reply = super().getreply()  # type: ignore[misc]  # of the class it is mixed into
        self._answered = reply[0]
        return reply

    def data(self, msg: Any) -> Any:
        self._answered = 0
        try:
            return super().data(msg)  # type: ignore[misc]  # of the class it is mixed into
        except smtplib.SMTPResponseException:
            raise
        except OSError as lost:  # of which smtplib's own are
            if self._answered != GO_ON:
                raise
            raise Unsure(str(lost)) from lost


class _Plain(_Careful, smtplib.SMTP):
    pass


class _Wrapped(_Careful, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Wrapped if self.use_ssl else _Plain
