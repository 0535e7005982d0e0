from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.agreements.models import Agreement
from comity.directory.fields import OrganisationField
from comity.directory.models import OrganisationKind
from comity.intake.models import Import, ImportRow
from comity.intake.reading import ColumnRole
from comity.lib.languages import Language, in_three
from comity.lib.numbers import NumberField
from comity.lib.visibility import Visibility
from comity.programmes.due import DueKind, DueRule, Recurrence, check
from comity.programmes.forms import RestsOnForm
from comity.programmes.models import Programme, ProgrammeKind
from comity.territories.fields import TerritoryChoice
from comity.territories.models import Territory

#: What a column of a table can hold, in the words of the page.
ROLES = {
    ColumnRole.NUMBER: _("number"),
    ColumnRole.SECTION: _("section"),
    ColumnRole.TITLE: _("measure"),
    ColumnRole.DUE: _("deadline"),
    ColumnRole.DUE_START: _("deadline: from"),
    ColumnRole.DUE_END: _("deadline: until"),
    ColumnRole.RESPONSIBLE: _("bodies"),
    ColumnRole.EXPECTED_RESULT: _("expected result"),
    ColumnRole.FUNDING: _("money"),
    ColumnRole.FUNDING_SOURCE: _("money: source"),
    ColumnRole.FUNDING_TOTAL: _("money: total"),
    ColumnRole.FUNDING_YEAR: _("money: of one year"),
    ColumnRole.CURRENCY: _("currency"),
    ColumnRole.OTHER: _("something else"),
}


class Day(forms.DateInput):
    """A native date field; browsers send and want ISO 8601."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class VersionForm(forms.Form):
    """Carries the version of the record that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Programme of measures"),
        help_text=_("Word, Excel, PDF, OpenDocument, CSV or HTML, up to 25 MB."),
        widget=forms.FileInput(
            attrs={"accept": ".docx,.docm,.xlsx,.xlsm,.odt,.pdf,.csv,.html,.htm"}
        ),
    )


def role_in_words(said: str) -> str:
    """What is said of a column, such as `responsible:BY`, as its choice is called."""
    role, _colon, side = said.partition(":")
    label = str(ROLES[ColumnRole(role)])
    return f"{label}: {side}" if side else label


def role_choices(document: Import) -> list[tuple[str, str]]:
    """What may be said of a column; bodies also by side, those that the document names first."""
    named = document.bodies.exclude(side="").values_list("side", flat=True).distinct()
    known = Territory.objects.countries().order_by("code").values_list("code", flat=True)
    sides = list(dict.fromkeys([*sorted(named), *known]))
    choices = []
    for role, label in ROLES.items():
        choices.append((role.value, str(label)))
        if role is ColumnRole.RESPONSIBLE:
            choices += [(f"{role.value}:{side}", f"{label}: {side}") for side in sides]
    return choices


def chosen_columns(
    document: Import, posted: Mapping[str, str], choices: Iterable[tuple[str, str]]
) -> dict[str, dict[str, str]]:
    """What a person says of columns where it differs from what was understood.

    Selects are called `t<table>c<column>`; anything that is no choice is passed over.
    """
    allowed = {role for role, _label in choices}
    chosen: dict[str, dict[str, str]] = {}
    for table in document.tables:
        width = max((cell[2] + cell[4] for row in table["rows"] for cell in row), default=0)
        for column in range(width):
            role = posted.get(f"t{table['index']}c{column}", "")
            understood = table["columns"].get(str(column), "other")
            if role in allowed and role != understood:
                chosen.setdefault(str(table["index"]), {})[str(column)] = role
    return chosen


class RowForm(VersionForm):
    """One row as understood, every field of it open to correction."""

    number = forms.CharField(label=_("Number"), max_length=40, required=False)
    title = forms.CharField(label=_("Measure"), widget=forms.Textarea(attrs={"rows": 3}))
    section = forms.CharField(label=_("Section"), max_length=1000, required=False)
    due_kind = forms.ChoiceField(label=_("Kind"), choices=DueKind.choices)
    due_start = forms.DateField(label=_("From"), required=False, widget=Day)
    due_end = forms.DateField(label=_("Until"), required=False, widget=Day)
    due_recurrence = forms.ChoiceField(
        label=_("How often"), required=False, choices=[("", "—"), *Recurrence.choices]
    )
    due_season = forms.CharField(
        label=_("Part of each year"),
        required=False,
        max_length=11,
        widget=forms.TextInput(attrs={"placeholder": "10-01/12-31"}),
    )
    expected_result = forms.CharField(
        label=_("Expected result"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    funding_text = forms.CharField(label=_("Money as written"), required=False)
    funding_amount = NumberField(
        label=_("Amount"), required=False, min_value=0, max_digits=20, decimal_places=2
    )
    funding_currency = forms.CharField(
        label=_("Currency"), required=False, min_length=3, max_length=3
    )

    def __init__(self, *args: Any, row: ImportRow, **kwargs: Any) -> None:
        self.row = row
        kwargs.setdefault("initial", {"version": row.version, **_filled(row)})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not self.errors:
            rule = DueRule(
                said["due_kind"],
                said["due_start"],
                said["due_end"],
                said["due_recurrence"] or None,
                said["due_season"] or None,
            )
            try:
                check(rule)
            except ValidationError as problem:
                self.add_error("due_kind", problem)
        return said

    @property
    def values(self) -> dict[str, Any]:
        """The fields as the reading contract has them; what was not touched is as it was read."""
        said, read = self.cleaned_data, self.row.values
        start, end = said["due_start"], said["due_end"]
        return {
            "number": said["number"] or None,
            "section": said["section"] or None,
            "title": " ".join(said["title"].split()),
            "due": {
                **read["due"],
                "kind": said["due_kind"],
                "start": start and start.isoformat(),
                "end": end and end.isoformat(),
                "recurrence": said["due_recurrence"] or None,
                "season": said["due_season"],
            },
            "expected_result": " ".join(said["expected_result"].split()) or None,
            "funding": self._money(),
        }

    def _money(self) -> dict[str, Any] | None:
        said = self.cleaned_data
        amount = said["funding_amount"]
        money = {
            "text": said["funding_text"],
            "amount": None if amount is None else float(amount),
            "currency": said["funding_currency"].upper() or None,
        }
        return money if any(money.values()) or amount is not None else None


def _filled(row: ImportRow) -> dict[str, Any]:
    values = row.values
    money = values["funding"] or {}
    return {
        **{name: values[name] for name in ("number", "title", "section", "expected_result")},
        **{f"due_{name}": values["due"][name] for name in ("kind", "start", "end", "recurrence")},
        "due_season": values["due"].get("season", ""),
        **{f"funding_{name}": money.get(name) for name in ("text", "currency")},
        "funding_amount": _whole(money.get("amount")),
    }


def _whole(amount: float | None) -> float | int | None:
    """16000 rather than 16000.0."""
    return int(amount) if amount is not None and amount == int(amount) else amount


class BodyLineForm(forms.Form):
    """One body of a row; an empty line is taken out."""

    side = forms.ChoiceField(label=_("Side"), required=False)
    text = forms.CharField(label=_("Body"), required=False)

    def __init__(self, *args: Any, sides: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        side: Any = self.fields["side"]
        side.choices = [("", "—"), *((code, code) for code in sides)]


BodyLines = forms.formset_factory(BodyLineForm, extra=1)


def body_lines(row: ImportRow, data: Any = None) -> Any:
    """The bodies of a row as lines of a form."""
    bodies = row.values["responsible"]
    known = Territory.objects.countries().order_by("code").values_list("code", flat=True)
    written = [body["side"] for body in bodies if body["side"]]
    return BodyLines(
        data,
        prefix="bodies",
        initial=[{"side": body["side"] or "", "text": body["text"]} for body in bodies],
        form_kwargs={"sides": list(dict.fromkeys([*written, *known]))},
    )


def bodies_said(lines: Any) -> list[dict[str, Any]]:
    """What stands in the lines, as the reading contract has it."""
    return [
        {"text": " ".join(line["text"].split()), "side": line["side"] or None}
        for line in lines.cleaned_data
        if line.get("text", "").strip()
    ]


class ChooseBodyForm(VersionForm):
    organisation = OrganisationField(
        label=_("Organisation of the directory"),
        help_text=_("Any of its names; where several share one, with its number: № 12."),
    )
    remember = forms.BooleanField(
        label=_("The directory keeps the written name as one of its names"), required=False
    )


class CreateBodyForm(VersionForm):
    """The few things that a new organisation needs; its page takes the rest later."""

    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    seat = TerritoryChoice(label=_("Seat"))
    name_be = forms.CharField(label=_("Name in Belarusian"), max_length=500, required=False)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=500, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=500, required=False)

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seat: Any = self.fields["seat"]
        places = Territory.objects.all()
        seat.offer(places.filter(path__startswith=f"{side}/") if side else places)

    def clean(self) -> dict[str, Any]:
        if not any(self.cleaned_data.get(name) for name in in_three("name")):
            raise ValidationError(gettext("Write the name in at least one of the languages."))
        return self.cleaned_data

    @property
    def fields_said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "seat", *in_three("name"))}


class AgreementChoice(forms.ModelChoiceField[Agreement]):
    def label_from_instance(self, obj: Any) -> str:
        parties = " × ".join(str(party) for party in obj.parties.all())
        return f"{parties}: {obj}" if parties else str(obj)


class TargetForm(VersionForm):
    """A new programme, filled in from what was read."""

    agreement = AgreementChoice(
        queryset=Agreement.objects.none(),
        label=_("Agreement that it carries out"),
        required=False,
        empty_label=_("none"),
    )
    owner = OrganisationField(
        label=_("Kept by"),
        required=False,
        help_text=_("An organisation of the directory; may be left empty."),
    )
    title_be = forms.CharField(
        label=_("Title in Belarusian"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    title_ru = forms.CharField(
        label=_("Title in Russian"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    title_en = forms.CharField(
        label=_("Title in English"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    start = forms.DateField(label=_("From"), required=False, widget=Day)
    end = forms.DateField(label=_("Until"), required=False, widget=Day)
    kind = forms.ChoiceField(label=_("Kind"), choices=ProgrammeKind.choices)
    language = forms.ChoiceField(label=_("Language of the signed text"), choices=Language.choices)
    visibility = forms.ChoiceField(label=_("Seen by"), choices=Visibility.choices)
    is_example = forms.BooleanField(label=_("An example document"), required=False)

    def __init__(self, *args: Any, agreements: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["agreement"]
        choice.queryset = Agreement.objects.filter(pk__in=agreements).told_on_a_list()

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not any(said.get(name) for name in in_three("title")):
            raise ValidationError(gettext("Write the title in at least one language."))
        if said.get("start") and said.get("end") and said["end"] < said["start"]:
            self.add_error("end", gettext("The programme cannot end before it begins."))
        return said

    @property
    def values(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in (
            *in_three("title"), "kind", "start", "end", "language", "visibility", "is_example"
        )}  # fmt: skip
        owner = self.cleaned_data["owner"]
        return {**said, "owner": owner.pk if owner else None}


class ReasonForm(VersionForm):
    reason = forms.CharField(
        label=_("Why"), max_length=500, help_text=_("It stands in the history.")
    )


class AmendForm(ReasonForm):
    """`needs_reason` is false where nothing is changed yet."""

    compared = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(
        self, *args: Any, programme: Programme, needs_reason: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason
        if programme.needs_consent:
            self.fields |= RestsOnForm().fields
            self.fields["rests_on"].required = needs_reason
