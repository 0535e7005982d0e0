"""Letters that go out: each is kept with what became of it."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.lib.languages import Language
from comity.post.kinds import kind_in_words

#: After this long a letter that is still on its way was left there by a process that died.
LEASE = timedelta(minutes=10)


class State(models.TextChoices):
    QUEUED = "queued", _("queued")
    SENDING = "sending", _("on its way")
    SENT = "sent", _("sent")
    DOUBTFUL = "doubtful", _("perhaps sent")
    FAILED = "failed", _("failed")
    BOUNCED = "bounced", _("bounced")
    REPLACED = "replaced", _("not sent any more")


#: Nothing more is done about these by itself.
OVER = (State.SENT, State.DOUBTFUL, State.FAILED, State.BOUNCED, State.REPLACED)
#: What a person may have sent again: it did not arrive, or nobody knows.
UNSENT = (State.FAILED, State.BOUNCED, State.DOUBTFUL)


class Reason(models.TextChoices):
    """Why a letter waits, or did not arrive; the server's own words stand beside it."""

    DOWN = "down", _("The mail server cannot be reached.")
    REFUSED_US = "refused_us", _("The mail server does not let the register send.")
    LATER = "later", _("The mail server asked to try again later.")
    NO_SUCH_ADDRESS = "no_such_address", _("The mail server does not take letters to this address.")
    REFUSED_LETTER = "refused_letter", _("The mail server refused the letter.")
    ODD = "odd", _("The letter could not be made.")
    GAVE_UP = "gave_up", _("It was tried for two days.")
    CUT_OFF = "cut_off", _("The connection broke while the letter was handed over.")
    STOPPED = "stopped", _("The register was stopped while the letter was handed over.")
    RESTORED = "restored", _("It waited when the backup was written that this register is from.")
    RETURNED = "returned", _("The letter came back.")
    LATE = "late", _("It could not be sent on its day; the next one says what still holds.")
    DONE = "done", _("What it told of was done before it could be sent.")


class MailQuerySet(models.QuerySet["Mail"]):
    def due(self, now: datetime) -> "MailQuerySet":
        return self.filter(state=State.QUEUED, next_try_at__lte=now)

    def forget_secrets(self) -> None:
        """Erases what private letters said that wait for nothing; the example has no secrets."""
        if not settings.LETTERS_ARE_EXAMPLES:
            self.filter(private=True).update(body="")

    def to_address(self, address: str) -> "MailQuerySet":
        return self.filter(to=address.lower())


def new_message_id() -> str:
    """An address of the letter in the world, which servers name when they return it."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<{uuid4().hex}@{domain}>"


class Mail(models.Model):
    """One letter to one address. The key says what it is, so that nothing is said twice."""

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    kind = models.CharField(_("about"), max_length=40)
    #: What it says is for the addressee alone: never shown, and erased once it was sent.
    private = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    #: Since when the server asks to try this address later.
    put_off_since = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    #: A person wanted it sent again, so it is sent however old it is.
    is_wanted = models.BooleanField(default=False)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    server_said = models.CharField(max_length=500, blank=True)
    message_id = models.CharField(max_length=200, unique=True, default=new_message_id)

    not_audited = ("body",)

    objects: ClassVar[MailQuerySet] = MailQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="mail_waiting"),
            models.Index(fields=["to", "-id"], name="mail_of_address"),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"

    def forget_secrets(self) -> None:
        """See that of many letters; this one is to be saved."""
        if self.private and not settings.LETTERS_ARE_EXAMPLES:
            self.body = ""

    @property
    def about(self) -> str:
        return kind_in_words(self.kind)

    @property
    def can_be_sent_again(self) -> bool:
        return self.state in UNSENT and bool(self.body)
