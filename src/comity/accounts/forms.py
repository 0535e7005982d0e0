from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from comity.accounts.models import Role, User
from comity.lib.languages import Language


class InviteForm(forms.Form):
    """Whom one invites, to which role."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"))
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices)

    def __init__(self, *args: Any, roles: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [(value, label) for value, label in Role.choices if value in roles]
        self.initial.setdefault("language", get_language())


class SignUpForm(forms.Form):
    """An account for somebody whose address is known already."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    password1 = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label=_("The password again"),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or {}
        if said.get("password1") != said.get("password2"):
            self.add_error("password2", _now("The two passwords are not the same."))
        return said


STAYS_OPEN = _("I know that this stays unanswered until somebody else has a role for it.")


class HandOverForm(forms.Form):
    """Who takes the open work over, and why the role ends."""

    to = forms.ModelChoiceField(
        label=_("Takes the open work over"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("nobody"),
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=1000)
    stays_open = forms.BooleanField(label=STAYS_OPEN, required=False)

    def __init__(
        self, *args: Any, successors: Sequence[User], is_left: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = User.objects.filter(pk__in=[one.pk for one in successors]).order_by("name")
        if not successors:
            del self.fields["to"]
        if not is_left:
            del self.fields["stays_open"]


class CloseForm(forms.Form):
    """Who takes over what somebody leaves whose account is closed, by e-mail address; and why."""

    to = forms.EmailField(
        label=_("Takes the open work over"),
        required=False,
        help_text=_("The e-mail address of somebody with an account; or nobody."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=1000)
    stays_open = forms.BooleanField(label=STAYS_OPEN, required=False)

    def __init__(self, *args: Any, is_left: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_left:
            del self.fields["stays_open"]

    def clean_to(self) -> User | None:
        email = self.cleaned_data["to"]
        if not email:
            return None
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise forms.ValidationError(_now("Nobody has an account with this address."))
        return person
