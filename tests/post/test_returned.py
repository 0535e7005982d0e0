"""What mail servers write when a letter did not arrive, as Postfix and Exchange write it."""

import pytest

from comity.post.actions import mark_returned, post
from comity.post.models import Reason, State
from comity.post.returned import Returned, read_returned

REPORT = """\
From: MAILER-DAEMON@mail.example.org
To: comity@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; plant@example.org
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <plant@example.org>:
    no such user

--B
Content-Type: {kind}

Message-ID: {message_id}
Subject: Due tomorrow

--B--
"""


def a_report(
    message_id: str = "<a@b>", action: str = "failed", kind: str = "message/rfc822"
) -> bytes:
    return REPORT.format(message_id=message_id, action=action, kind=kind).encode()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_letter_that_came_back(kind: str) -> None:
    assert read_returned(a_report(kind=kind)) == Returned(
        "<a@b>", "550 5.1.1 <plant@example.org>: no such user"
    )


@pytest.mark.parametrize(
    "content",
    [a_report(action="delayed"), b"From: a@b\n\nOn holiday until Monday.", b"", b"\xff\x00"],
)
def test_anything_else_is_none(content: bytes) -> None:
    assert read_returned(content) is None


@pytest.mark.django_db
def test_it_is_noted_on_the_letter() -> None:
    letter = post(
        key="k", to="plant@example.org", subject="s", body="b", language="en", kind="digest"
    )
    returned = read_returned(a_report(letter.message_id))
    assert returned is not None
    assert mark_returned(message_id=returned.message_id, said=returned.said) == letter
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (State.BOUNCED, Reason.RETURNED)
    assert mark_returned(message_id="<other@b>", said="") is None
