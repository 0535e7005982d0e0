import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader
from comity.agreements.models import Agreement
from comity.agreements.models.agreement import AgreementQuerySet
from comity.directory.fields import OrganisationField
from comity.lib.languages import in_three
from comity.lib.matching import containing
from comity.lib.versions import Difference, Versioned, VersionedForm, reopened
from comity.programmes.forms.filters import DayInput
from comity.programmes.models import Programme
from comity.programmes.sides import sides_by_agreement
from comity.territories.models import Territory


class AgreementField(forms.CharField):
    """An agreement by its title, or by its number in the register, that the person may see.

    One that was chosen before, by somebody who sees more, stays by its number alone.
    """

    reader: Reader
    kept: Agreement | None = None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            found = Agreement.objects.visible_to(self.reader).filter(pk=value).first()
            value = found or f"№ {value}"
        return f"{value} · № {value.pk}" if isinstance(value, Agreement) else value

    def clean(self, value: Any) -> Any:
        text = " ".join(super().clean(value).split())
        if not text:
            return None
        number = re.search(r"№?\s*(\d{1,12})$", text)
        if number and self.kept and self.kept.pk == int(number[1]):
            return self.kept
        seen = Agreement.objects.visible_to(self.reader)
        meant = seen.filter(pk=int(number[1])) if number else seen.none()
        found = list((meant or _titled(seen, text))[:2])
        if len(found) != 1:
            raise forms.ValidationError(
                _now("Write the number of one agreement in the register, as in “№ 12”.")
            )
        return found[0]


def _titled(agreements: AgreementQuerySet, text: str) -> AgreementQuerySet:
    for word in text.split():
        agreements = agreements.filter(containing(word, *in_three("title")))
    return agreements


class SidesField(forms.CharField):
    """Territories, one a line: an ISO code, a name, or both."""

    widget = forms.Textarea({"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{territory} · {territory.code}" for territory in value)
        return value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        return list(dict.fromkeys(_territory(line) for line in lines))


def _territory(line: str) -> Territory:
    by_code = Territory.objects.filter(code=line.rsplit("·", 1)[-1].strip().upper())
    found = list(by_code) or [
        territory
        for territory in Territory.objects.filter(containing(line, *in_three("name")))
        if line.casefold() in (getattr(territory, name).casefold() for name in in_three("name"))
    ]
    if len(found) != 1:
        raise forms.ValidationError(
            _now("“%(line)s” is not one territory; write its ISO code, such as BY-HO.")
            % {"line": line}
        )
    return found[0]


class ProgrammeForm(VersionedForm):
    agreement = AgreementField(
        label=_("Agreement that it carries out"),
        required=False,
        help_text=_("Its title, or its number in the register, as in “№ 12”; or nothing."),
    )
    owner = OrganisationField(
        label=_("Kept by"), required=False, help_text=_("Any name of an organisation, or nothing.")
    )
    sides = SidesField(
        label=_("Sides"),
        required=False,
        help_text=_("One a line, by ISO code or name. Empty: where the agreement's parties are."),
    )

    class Meta:
        model = Programme
        fields = (
            "kind",
            *in_three("title"),
            "agreement",
            "owner",
            "sides",
            "start",
            "end",
            "language",
            "visibility",
            "needs_consent",
            "is_example",
        )
        widgets = {
            "start": DayInput,
            "end": DayInput,
            **{name: forms.Textarea({"rows": 2}) for name in in_three("title")},
        }

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreement: Any = self.fields["agreement"]
        agreement.reader, agreement.kept = reader, self.instance.agreement
        if self.instance.pk and "sides" not in self.initial:
            sides = self.instance.sides.select_related("territory")
            self.initial["sides"] = [side.territory for side in sides]

    def reopened(self, current: Versioned) -> list[Difference]:
        """The form for a second look, with what differs from the programme as it is now."""
        found = [one for one in reopened(self, current) if one.label != self["sides"].label]
        theirs = [
            side.territory for side in Programme(pk=current.pk).sides.select_related("territory")
        ]
        if self.named_sides is None or self.named_sides == theirs:
            return found
        yours, standing = (" × ".join(map(str, sides)) for sides in (self.named_sides, theirs))
        return [*found, Difference(str(self["sides"].label), yours, standing)]

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the programme; its sides are apart."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name != "sides"}

    @property
    def named_sides(self) -> list[Territory] | None:
        """The sides as written; None leaves them to the agreement."""
        written: list[Territory] = self.cleaned_data["sides"]
        return written or None

    @property
    def meant_sides(self) -> list[Territory]:
        """The sides as written, or else those that the agreement has."""
        values = self.cleaned_data
        return self.named_sides or sides_by_agreement(
            values["agreement"], values["start"], values["end"], timezone.localdate()
        )
