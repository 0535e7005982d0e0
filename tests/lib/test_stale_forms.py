"""What a person wrote beside what stands now, in the words of the page."""

from datetime import date

import pytest
from django import forms
from django.http import QueryDict

from comity.directory.models import Organisation
from comity.lib.versions import Difference, differences, reopened
from tests.factories import an_organisation

pytestmark = pytest.mark.django_db


class ExampleForm(forms.Form):
    kind = forms.ChoiceField(
        label="Kind", choices=[("Bodies", [("authority", "an authority")]), ("other", "other")]
    )
    is_example = forms.BooleanField(label="Example", required=False)
    website = forms.CharField(label="Web page", required=False)
    day = forms.DateField(label="Day", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


def written(**fields: str) -> ExampleForm:
    data = QueryDict(mutable=True)
    data.update({"kind": "other", "version": "1", **fields})
    data._mutable = False  # as a request has it
    form = ExampleForm(data)
    assert form.is_valid()
    return form


def test_differences_are_told_in_words_and_only_where_there_are_some() -> None:
    organisation = an_organisation(website="https://x.example/")
    form = written(is_example="on", website="https://x.example/", day="2018-10-18")
    assert differences(form, organisation) == [
        Difference("Kind", "other", "an authority"),
        Difference("Example", "yes", "no"),
        Difference("Day", "18 October 2018", ""),
    ]
    assert differences(written(kind="authority"), Organisation(kind="authority")) == []
    assert date(2018, 10, 18) == form.cleaned_data["day"]


def test_the_form_carries_the_current_version_from_then_on() -> None:
    organisation = an_organisation(kind="other", version=7)
    form = written()
    assert reopened(form, organisation) == []
    assert (form["version"].value(), form["kind"].value()) == ("7", "other")
