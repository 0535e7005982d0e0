from collections.abc import Iterable
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import Q

from comity.accounts.rules import Reader
from comity.audit.actions import Trail, snapshot
from comity.directory.models import Contact, Organisation
from comity.directory.rules import must_change_organisation


class ContactFields(TypedDict, total=False):
    name_be: str
    name_ru: str
    name_en: str
    post_be: str
    post_ru: str
    post_en: str
    phone: str
    email: str
    is_example: bool


@transaction.atomic
def create_contact(
    *,
    organisation: Organisation,
    by: Reader,
    counterparts: Iterable[Contact] = (),
    **fields: Unpack[ContactFields],
) -> Contact:
    """A person with a post at the organisation, and their counterparts across the border."""
    must_change_organisation(by, organisation)
    contact = Contact.objects.create(organisation=organisation, **fields)
    trail = Trail("contact.created", by)
    trail.created(contact)
    _keep_counterparts(contact, counterparts, trail)
    trail.record()
    return contact


@transaction.atomic
def change_contact(
    *,
    contact: Contact,
    expected_version: int,
    by: Reader,
    counterparts: Iterable[Contact] | None = None,
    **fields: Unpack[ContactFields],
) -> Contact:
    """Raises `lib.versions.Stale` if somebody changed the contact meanwhile."""
    contact = Contact.objects.select_related("organisation").get(pk=contact.pk)
    must_change_organisation(by, contact.organisation)
    before = snapshot(contact)
    contact.claim(expected_version)
    for field, value in fields.items():
        setattr(contact, field, value)
    contact.save()
    trail = Trail("contact.changed", by)
    trail.changed(contact, before)
    if counterparts is not None:
        _keep_counterparts(contact, counterparts, trail)
    trail.record()
    return contact


@transaction.atomic
def remove_contact(*, contact: Contact, by: Reader, reason: str = "") -> None:
    """Takes a contact out of the directory; the trail keeps what stood there."""
    must_change_organisation(by, contact.organisation)
    trail = Trail("contact.removed", by, reason)
    trail.removed(*_links(contact), contact)
    contact.delete()
    trail.record()


def _links(contact: Contact) -> Any:
    """The rows that tie a contact to its counterparts, in both directions."""
    link: Any = Contact.counterparts.through
    return link.objects.filter(Q(from_contact=contact) | Q(to_contact=contact)).order_by("pk")


def _keep_counterparts(contact: Contact, wanted: Iterable[Contact], trail: Trail) -> None:
    before = {link.pk: link for link in _links(contact)}
    contact.counterparts.set(wanted)
    after = {link.pk: link for link in _links(contact)}
    trail.removed(*(link for pk, link in before.items() if pk not in after))
    trail.created(*(link for pk, link in after.items() if pk not in before))
