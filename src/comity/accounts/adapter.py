from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import translation

from comity.accounts.models import User
from comity.lib.languages import reader_language
from comity.post.actions import post


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by administrators; nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Puts the letter into the post, where it waits while the mail server is down.

        In the language of the account; where there is none, in that of the page.
        """
        user = context.get("user")
        language = user.language if isinstance(user, User) else reader_language()
        with translation.override(language):
            letter = self.render_mail(template_prefix, email, {"email": email, **context})
        post(
            key=f"account:{uuid4().hex}",
            to=email,
            subject=letter.subject,
            body=str(letter.body),
            language=language,
            kind="account",
            private=True,
        )

    def format_email_subject(self, subject: str) -> str:
        return subject
