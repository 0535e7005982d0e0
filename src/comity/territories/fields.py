"""Territories to choose from."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceIterator

from comity.lib.languages import first_said, in_three, reader_language
from comity.territories.models import Territory


def _names_of(territory: Territory) -> list[str]:
    return [getattr(territory, column) for column in in_three("name")]


def _label(code: str, path: str, names: Sequence[str], language: str) -> str:
    depth = path.count("/") - 1
    return f"{'— ' * depth}{first_said(names, language)} ({code})"


class _Choices(ModelChoiceIterator[Territory]):
    """Codes and labels read as plain columns: hundreds of records would cost a page its speed."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield "", str(self.field.empty_label)
        key = self.field.to_field_name or "pk"
        language = reader_language()
        columns = self.queryset.values_list(key, "code", "path", *in_three("name"))
        for value, code, path, *names in columns:
            yield value, _label(code, path, names, language)


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

    def offer_known(self, known: Iterable[Territory], *, asked: str = "") -> None:
        """The same of territories that were read already: they are not asked for again."""
        offered = list(known)
        self.queryset = Territory.objects.filter(code=asked)
        if asked and all(one.code != asked for one in offered):
            offered.extend(self.queryset)
        language = reader_language()
        self.choices = [("", str(self.empty_label))] + [
            (one.code, _label(one.code, one.path, _names_of(one), language))
            for one in sorted(offered, key=lambda one: one.path)
        ]
