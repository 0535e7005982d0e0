"""Nobody overwrites another person's change without seeing it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.lib import wording


class Stale(Exception):
    """The record was changed by somebody else since the person opened it.

    `current` is the record as it is now, so that a page can show both versions.
    """

    def __init__(self, current: "Versioned") -> None:
        super().__init__(f"{current._meta.label} {current.pk} was changed meanwhile")
        self.current = current


class Versioned(models.Model):
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    def claim(self, expected_version: int) -> None:
        """Take the next version, or raise `Stale` if the record is no longer at the expected one.

        Must run inside the transaction that saves the record; the row stays locked until its end.
        """
        label: Any = type(self)._default_manager
        taken = label.filter(pk=self.pk, version=expected_version).update(
            version=expected_version + 1
        )
        if not taken:
            raise Stale(label.get(pk=self.pk))
        self.version = expected_version + 1


def claim_all(claims: Sequence[tuple[Versioned, int]]) -> None:
    """`Versioned.claim` for many records of one model, each with the version it was opened at.

    Raises `Stale` for the first that is at another; then none is claimed.
    """
    if not claims:
        return
    rows: Any = type(claims[0][0])._default_manager
    keys = [record.pk for record, _expected in claims]
    standing = dict(
        rows.filter(pk__in=keys).order_by("pk").select_for_update().values_list("pk", "version")
    )
    for record, expected in claims:
        if standing.get(record.pk) != expected:
            raise Stale(rows.get(pk=record.pk))
    rows.filter(pk__in=keys).update(version=models.F("version") + 1)
    for record, expected in claims:
        record.version = expected + 1


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A form that carries the version which the person opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["version"].required = True
            self.initial["version"] = self.instance.version


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which what a person wrote is not what stands now."""

    label: str
    yours: str
    theirs: str


def differences(form: forms.BaseForm, current: models.Model) -> list[Difference]:
    """What the person wrote in a valid form beside what stands in `current`, where they differ."""
    found = []
    for bound in form.visible_fields():
        yours = _in_words(bound.field, form.cleaned_data.get(bound.name))
        theirs = _in_words(bound.field, getattr(current, bound.name, None))
        if yours != theirs:
            found.append(Difference(str(bound.label), yours, theirs))
    return found


def reopened(form: forms.BaseForm, current: Versioned) -> list[Difference]:
    """Lets the person decide: the form now carries the current version, and the differences."""
    written: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict, or a dict in tests
    written[form.add_prefix("version")] = str(current.version)
    form.data = written
    return differences(form, current)


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, date):
        return wording.day(value)
    if isinstance(field, forms.MultipleChoiceField):
        labels = dict(_flat(field.choices))
        return ", ".join(sorted(str(labels.get(key, key)) for key in value or ()))
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(_flat(field.choices)).get(value, value or ""))
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(sorted(str(record) for record in (value.all() if value else ())))
    return "" if value is None else str(value)


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    """Choices without their groups."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
