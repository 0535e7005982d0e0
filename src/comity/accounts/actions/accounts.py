from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.actions.roles import give_role
from comity.accounts.models import User, WholeGrant
from comity.accounts.rules import Reader, administers_everything, must
from comity.accounts.scopes import WholeRegister
from comity.audit.actions import Trail, snapshot


class AccountRefused(Exception):
    """The account cannot be made; the message says why."""


@transaction.atomic
def create_account(
    *,
    email: str,
    name: str,
    password: str | None,
    language: str,
    by: Reader,
    is_staff: bool = False,
) -> User:
    """A new account; only an administrator or the installation itself makes one."""
    _administrators_only(by)
    refuse_odd(email, password)
    if User.objects.filter(email__iexact=email).exists():
        raise AccountRefused(_("There is an account with the address %s already.") % email)
    user = User.objects.create_user(
        email=email, name=name, password=password, language=language, is_staff=is_staff
    )
    trail = Trail("account.created", by)
    trail.created(user)
    trail.record()
    return user


@transaction.atomic
def grant_whole_role(*, user: User, role: str, by: Reader) -> WholeGrant:
    """Gives a role in the whole register, in place of the one held before."""
    give_role(scope=WholeRegister(), user=user, role=role, by=by, verb="role.granted")
    return WholeGrant.objects.get(user=user)


@transaction.atomic
def choose_language(*, user: User, language: str) -> User:
    """The language a person reads and is written to in."""
    trail, before = Trail("account.language_chosen", user), snapshot(user)
    user.language = language
    user.save(update_fields=["language"])
    trail.changed(user, before)
    trail.record()
    return user


def refuse_odd(email: str, password: str | None) -> None:
    """An address that is none, and a password that is guessed easily; the example's is known."""
    try:
        validate_email(email)
        if password is not None and not settings.COMITY_DEMO:
            validate_password(password, User(email=email))
    except ValidationError as refused:
        raise AccountRefused(" ".join(refused.messages)) from refused


def _administrators_only(by: Reader) -> None:
    must(
        administers_everything(by),
        _("Only an administrator of the whole register manages accounts and roles."),
    )
