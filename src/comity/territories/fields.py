"""Territories to choose from."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceIterator

from comity.lib.languages import first_said, in_three, reader_language
from comity.territories.models import Territory


class _Choices(ModelChoiceIterator[Territory]):
    """Codes and labels read as plain columns: hundreds of records would cost a page its speed."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield "", str(self.field.empty_label)
        key = self.field.to_field_name or "pk"
        language = reader_language()
        columns = self.queryset.values_list(key, "code", "path", *in_three("name"))
        for value, code, path, *names in columns:
            depth = path.count("/") - 1
            yield value, f"{'— ' * depth}{first_said(names, language)} ({code})"


class TerritoryChoice(forms.ModelChoiceField[Territory]):
    """Territories by their codes, each under the one it lies in, if they come ordered by path."""

    iterator = _Choices

    def __init__(self, **told: Any) -> None:
        told.setdefault("queryset", Territory.objects.none())
        told.setdefault("to_field_name", "code")
        super().__init__(**told)

    def offer(self, territories: QuerySet[Territory], *, asked: str = "") -> None:
        """Lets one choose among these; and the one with the code that an address asks for."""
        if asked:
            territories = Territory.objects.filter(Q(pk__in=territories) | Q(code=asked))
        self.queryset = territories.order_by("path")
