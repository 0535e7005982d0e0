from collections.abc import Iterable
from typing import Any, NamedTuple, TypedDict, Unpack

from django.db import models, transaction
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader
from comity.audit.actions import Trail, snapshot
from comity.directory.models import Alias, Identifier, Organisation
from comity.directory.queries import is_below
from comity.directory.rules import (
    must_add_organisations,
    must_change_organisation,
    must_reclassify_organisations,
)
from comity.lib.matching import folded
from comity.territories.models import Territory


class OrganisationFields(TypedDict, total=False):
    kind: str
    name_be: str
    name_ru: str
    name_en: str
    short_name_be: str
    short_name_ru: str
    short_name_en: str
    seat: Territory
    parent: Organisation | None
    website: str
    is_example: bool


class OtherName(NamedTuple):
    """A name for the list of aliases; the language may be left open."""

    text: str
    language: str = ""


class IdentifierValue(NamedTuple):
    scheme: str
    value: str


class Refused(Exception):
    """The directory cannot hold this; the message says why and what to do."""


@transaction.atomic
def create_organisation(
    *,
    by: Reader,
    aliases: Iterable[OtherName] = (),
    identifiers: Iterable[IdentifierValue] = (),
    **fields: Unpack[OrganisationFields],
) -> Organisation:
    """A new organisation with its other names and identifiers; raises `Refused`."""
    must_add_organisations(by)
    trail = Trail("organisation.created", by)
    organisation = Organisation.objects.create(**fields)
    trail.created(organisation)
    _keep_aliases(organisation, aliases, trail)
    _keep_identifiers(organisation, identifiers, trail)
    trail.record()
    return organisation


@transaction.atomic
def change_organisation(
    *,
    organisation: Organisation,
    expected_version: int,
    by: Reader,
    aliases: Iterable[OtherName] | None = None,
    identifiers: Iterable[IdentifierValue] | None = None,
    **fields: Unpack[OrganisationFields],
) -> Organisation:
    """Changes fields, and where they are given the whole list of other names or identifiers.

    Raises `lib.versions.Stale` if somebody changed it meanwhile, and `Refused`.
    """
    organisation = Organisation.objects.get(pk=organisation.pk)
    must_change_organisation(by, organisation)
    before = snapshot(organisation)
    organisation.claim(expected_version)
    for field, value in fields.items():
        setattr(organisation, field, value)
    if (before["kind"], before["seat_id"]) != (organisation.kind, organisation.seat_id):
        must_reclassify_organisations(by)
    refuse_circle(organisation)
    organisation.save()
    trail = Trail("organisation.changed", by)
    trail.changed(organisation, before)
    if aliases is not None:
        _keep_aliases(organisation, aliases, trail)
    if identifiers is not None:
        _keep_identifiers(organisation, identifiers, trail)
    trail.record()
    return organisation


def refuse_circle(organisation: Organisation) -> None:
    """An organisation belongs neither to itself nor to one that belongs to it."""
    parent = organisation.parent
    if parent is not None and is_below(parent, organisation):
        raise Refused(
            _("%(organisation)s cannot belong to %(parent)s, which is or belongs to it.")
            % {"organisation": organisation, "parent": parent}
        )


def _keep_aliases(organisation: Organisation, wanted: Iterable[OtherName], trail: Trail) -> None:
    names = {folded(name.text): OtherName(" ".join(name.text.split()), name.language)
             for name in wanted if name.text.strip()}  # fmt: skip
    by_text = {name.text: name for name in names.values()}
    for alias in organisation.aliases.all():
        name = by_text.pop(alias.text, None)
        if name is None:
            _remove(alias, trail)
        elif alias.language != name.language:
            before = snapshot(alias)
            alias.language = name.language
            alias.save()
            trail.changed(alias, before)
    for name in by_text.values():
        trail.created(Alias.objects.create(organisation=organisation, **name._asdict()))


def _keep_identifiers(
    organisation: Organisation, wanted: Iterable[IdentifierValue], trail: Trail
) -> None:
    missing = dict.fromkeys(IdentifierValue(i.scheme.strip(), i.value.strip()) for i in wanted)
    for identifier in organisation.identifiers.all():
        kept = IdentifierValue(identifier.scheme, identifier.value)
        if kept in missing:
            del missing[kept]
        else:
            _remove(identifier, trail)
    for scheme, value in missing:
        refuse_taken_identifier(scheme, value, organisation)
        created: Any = Identifier.objects.create(
            organisation=organisation, scheme=scheme, value=value
        )
        trail.created(created)


def refuse_taken_identifier(scheme: str, value: str, organisation: Organisation | None) -> None:
    taken = Identifier.objects.filter(scheme=scheme, value=value).select_related("organisation")
    other = taken.exclude(organisation=organisation).first() if organisation else taken.first()
    if other is not None:
        raise Refused(
            _("%(identifier)s is that of %(organisation)s. If both are one body, merge them.")
            % {"identifier": other, "organisation": other.organisation}
        )


def _remove(record: models.Model, trail: Trail) -> None:
    trail.removed(record)
    record.delete()
