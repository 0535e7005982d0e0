"""Hands letters to the mail server, and says in our words what the server made of them."""

import smtplib
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMessage, get_connection

from comity.post.models import Mail, Reason, State
from comity.post.smtp import Unsure


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a letter: a state of it, or QUEUED if it has to be tried again."""

    state: State
    reason: str = ""
    server_said: str = ""


SENT = Outcome(State.SENT)
#: The server ends the connection (RFC 5321, 3.8), as some do after so many letters.
ENDING = 421


class ServerDown(Exception):
    """No letter can be handed over now; all of them wait."""

    def __init__(self, reason: Reason, problem: Exception) -> None:
        super().__init__(str(problem))
        self.reason, self.server_said = reason, _words(problem)


class Carrier:
    """One connection for many letters. A broken one is opened again, as servers end long ones."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._carried = 0

    def open(self) -> None:
        """Raises ServerDown."""
        if self._connection is not None:
            return
        connection = get_connection()
        try:
            connection.open()
        except smtplib.SMTPAuthenticationError as refused:
            raise ServerDown(Reason.REFUSED_US, refused) from refused
        except (OSError, smtplib.SMTPException) as down:
            raise ServerDown(Reason.DOWN, down) from down
        self._connection, self._carried = connection, 0

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except (OSError, smtplib.SMTPException):
                return  # it was gone already

    def carry(self, mail: Mail) -> Outcome:
        """Raises ServerDown where the server takes no letters; the letter was not begun then."""
        try:
            self._connection.send_messages([_letter(mail)])
        except Unsure as lost:
            self.close()
            return Outcome(State.DOUBTFUL, Reason.CUT_OFF, _words(lost))
        except smtplib.SMTPSenderRefused as refused:
            return self._refused_us(mail, refused)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as refused:
            return self._refused(mail, refused)
        except (OSError, smtplib.SMTPException) as lost:
            return self._again(mail, lost)
        except (ValueError, UnicodeError) as odd:
            return Outcome(State.FAILED, Reason.ODD, _words(odd))
        self._carried += 1
        return SENT

    def _refused(
        self, mail: Mail, refused: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError
    ) -> Outcome:
        if isinstance(refused, smtplib.SMTPRecipientsRefused):
            problem, over = _of_address(refused), (State.BOUNCED, Reason.NO_SUCH_ADDRESS)
        else:
            problem, over = refused, (State.FAILED, Reason.REFUSED_LETTER)
        if problem.smtp_code == ENDING:
            if self._carried:
                return self._again(mail, problem)
            self.close()
        return _by_code(problem, *over)

    def _refused_us(self, mail: Mail, refused: smtplib.SMTPSenderRefused) -> Outcome:
        if refused.smtp_code == ENDING:
            return self._again(mail, refused, Reason.LATER)
        self.close()
        raise ServerDown(Reason.REFUSED_US, refused) from refused

    def _again(self, mail: Mail, lost: Exception, reason: Reason = Reason.DOWN) -> Outcome:
        """At once on a new connection, if the one that ended carried anything."""
        self.close()
        if not self._carried:
            raise ServerDown(reason, lost) from lost
        self.open()
        return self.carry(mail)


def _letter(mail: Mail) -> EmailMessage:
    headers = {
        "Message-ID": mail.message_id,
        "Content-Language": mail.language,
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(mail.subject, mail.body, to=[mail.to], headers=headers)


def _of_address(refused: smtplib.SMTPRecipientsRefused) -> smtplib.SMTPResponseException:
    code, said = next(iter(refused.recipients.values()))
    return smtplib.SMTPResponseException(code, said)


def _by_code(refused: smtplib.SMTPResponseException, for_good: State, reason: Reason) -> Outcome:
    """Codes from 500 are for good; others ask to try again (RFC 5321, 4.2.1)."""
    if refused.smtp_code >= 500:
        return Outcome(for_good, reason, _words(refused))
    return Outcome(State.QUEUED, Reason.LATER, _words(refused))


def _words(problem: Exception) -> str:
    if isinstance(problem, smtplib.SMTPResponseException):
        said = problem.smtp_error
        text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        return f"{problem.smtp_code} {' '.join(text.split())}"[:500]
    return " ".join(str(problem).split())[:500]
