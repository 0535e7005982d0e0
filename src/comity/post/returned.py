"""Reads what mail servers write when a letter did not arrive (RFC 3464)."""

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage, Message
from typing import Any


@dataclass(frozen=True, slots=True)
class Returned:
    """The Message-ID of the letter, and why it came back in the server's words."""

    message_id: str
    said: str


def read_returned(content: bytes) -> Returned | None:
    """What a delivery status notification says of a letter that failed for good.

    None for anything else: letters that are only late, answers, rubbish.
    """
    message = email.message_from_bytes(content, policy=email.policy.default)
    said, original = "", ""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            said = said or _failure(part)
        elif kind in ("message/rfc822", "text/rfc822-headers") and not original:
            original = _original(part)
    if not said or not original:
        return None
    return Returned(original, said)


def _failure(part: Message) -> str:
    blocks: Any = part.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        if str(block.get("Action", "")).strip().lower() == "failed":
            told = str(block.get("Diagnostic-Code", "")).partition(";")[2].strip()
            status = str(block.get("Status", "")).strip()
            return " ".join((told or status or "failed").split())
    return ""


def _original(part: Message) -> str:
    payload: Any = part.get_payload()
    if isinstance(payload, list):
        headers: Message = payload[0]
    else:
        assert isinstance(part, EmailMessage)
        headers = email.message_from_string(part.get_content())
    return str(headers.get("Message-ID", "")).strip()
