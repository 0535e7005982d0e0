from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.lib.languages import Language


class Role(models.TextChoices):
    """What a person may do within the place that the role is given for."""

    OBSERVER = "observer", _("observer")
    REPORTER = "reporter", _("reporter")
    VERIFIER = "verifier", _("verifier")
    COORDINATOR = "coordinator", _("coordinator")
    ADMINISTRATOR = "administrator", _("administrator")
    AUDITOR = "auditor", _("auditor")


#: Under which a person carries the role in the whole register, once it was asked for.
WHOLE_ROLE = "_whole_role"

#: Roles that may change what stands in the register.
WRITING = (Role.COORDINATOR, Role.ADMINISTRATOR)
#: Roles that read what is internal to those who keep a record.
INSIDE = (*WRITING, Role.AUDITOR)
#: Roles that may report on measures; and that may accept or return such reports.
REPORTING = (Role.REPORTER, *WRITING)
VERIFYING = (Role.VERIFIER, *WRITING)


class PeopleManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, by e-mail."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    is_staff = models.BooleanField(_("sees the pages for those who run Comity"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[PeopleManager] = PeopleManager()

    not_audited = ("password", "last_login")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email


class Invitation(models.Model):
    """Asks whoever reads an address to take a role within something; by a link that works once.

    Only what the secret of the link hashes to is kept. It ends when it is accepted or withdrawn.
    """

    email = models.EmailField(_("e-mail address"))
    #: What the role is given within: see `accounts.scopes`.
    scope = models.CharField(max_length=16)
    number = models.PositiveBigIntegerField(default=0)
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    sha256 = models.CharField(max_length=64, unique=True)
    #: Nobody, where the installation itself invites.
    invited_by = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    invited_by_name = models.CharField(_("invited by"), max_length=254)
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("accepted or withdrawn"), null=True, blank=True)

    not_audited = ("sha256",)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["email", "scope", "number"],
                condition=models.Q(ended_at=None),
                name="invitation_open_once",
            )
        ]

    def __str__(self) -> str:
        return self.email

    def is_open_at(self, moment: datetime) -> bool:
        return self.ended_at is None and moment < self.expires_at

    @property
    def is_over(self) -> bool:
        """Whether its time ran out before anybody accepted it."""
        return self.ended_at is None and not self.is_open_at(timezone.now())


class WholeGrant(models.Model):
    """A role within the whole register."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="whole_grants")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)

    class Meta:
        verbose_name = _("role in the whole register")
        verbose_name_plural = _("roles in the whole register")
        constraints = [models.UniqueConstraint(fields=["user"], name="one_whole_role_a_person")]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"
