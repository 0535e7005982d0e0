from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from comity.accounts.models import Role
from comity.accounts.rules import Reader
from comity.audit.actions import Trail, snapshot
from comity.directory.actions.organisations import Refused
from comity.directory.links import Link, links_to
from comity.directory.models import Alias, Membership, Organisation, Residency
from comity.directory.queries import is_below
from comity.directory.rules import must_merge_organisations
from comity.lib.languages import LANGUAGES, in_three
from comity.lib.versions import Versioned

#: What the kept organisation takes over where it says nothing itself.
TAKEN_OVER = (*in_three("name"), *in_three("short_name"), "website")

#: Roles from the weakest to the strongest.
STRENGTH = (
    Role.OBSERVER, Role.AUDITOR, Role.REPORTER, Role.VERIFIER, Role.COORDINATOR,
    Role.ADMINISTRATOR,
)  # fmt: skip


@transaction.atomic
def merge_organisations(
    *, kept: Organisation, merged: Organisation, by: Reader, reason: str
) -> Organisation:
    """Makes one organisation of two that are the same body, and gives the kept one.

    Every row of every room that pointed at the merged one points at the kept one afterwards.
    Where that would repeat a row, the one already there takes over what it lacked, the other goes,
    and the audit event tells it whole. Names of the merged one become other names. Its record
    stays, with `merged_into`. Raises `Refused`.
    """
    must_merge_organisations(by)
    both = Organisation.objects.select_for_update().order_by("pk")
    found = {one.pk: one for one in both.filter(pk__in=(kept.pk, merged.pk))}
    kept, merged = found[kept.pk], found[merged.pk]
    refuse_merger(kept, merged)
    trail = Trail("organisation.merged", by, reason)
    before, before_merged = snapshot(kept), snapshot(merged)
    for link in links_to(Organisation):
        _repoint(link, merged, kept, trail)
    _take_over(kept, merged)
    kept.claim(kept.version)
    kept.save()
    trail.changed(kept, before)
    _keep_names(kept, merged, trail)
    merged.claim(merged.version)
    merged.merged_into = kept
    merged.save()
    trail.changed(merged, before_merged)
    trail.record()
    return kept


def refuse_merger(kept: Organisation, merged: Organisation) -> None:
    """Raises `Refused` for two that cannot be one body."""
    if kept.pk == merged.pk:
        raise Refused(_("An organisation is not merged with itself; choose another one."))
    told = {"kept": kept, "merged": merged}
    for one in (kept, merged):
        if one.merged_into_id:
            raise Refused(_("%s was merged into another organisation before.") % one)
    if is_below(kept, merged):
        raise Refused(
            _("%(kept)s belongs to %(merged)s. Say first that it does not, or merge the other way.")
            % told
        )
    for home, resident in ((kept, merged), (merged, kept)):
        if Residency.objects.filter(zone__organisation=home, resident=resident).exists():
            raise Refused(
                _("%(resident)s is a resident of %(home)s, so they are not one body.")
                % {"resident": resident, "home": home}
            )


def _repoint(link: Link, old: models.Model, new: models.Model, trail: Trail) -> None:
    for row in link.rows_of(old):
        twin = link.twin(row, new)
        if twin is None:
            _point(row, link.field.name, new, trail)
        else:
            _absorb(row, twin, trail)


def _point(row: models.Model, field: str, target: models.Model, trail: Trail) -> None:
    before = snapshot(row)
    changed = {field: target}
    if isinstance(row, Versioned):
        row.version += 1
        changed["version"] = row.version  # type: ignore[assignment]  # a number beside a record
    setattr(row, field, target)
    type(row)._base_manager.filter(pk=row.pk).update(**changed)
    trail.changed(row, before)


def _absorb(row: models.Model, twin: models.Model, trail: Trail) -> None:
    """The twin takes over what it lacked and what pointed at the row; then the row goes."""
    for link in links_to(type(row)):
        _repoint(link, row, twin, trail)
    before = snapshot(twin)
    if isinstance(twin, Membership) and isinstance(row, Membership):
        twin.role = max(twin.role, row.role, key=STRENGTH.index)
    for column in row._meta.concrete_fields:
        if column.blank and getattr(twin, column.attname) in (None, ""):
            setattr(twin, column.attname, getattr(row, column.attname))
    if snapshot(twin) != before:
        if isinstance(twin, Versioned):
            twin.version += 1
        twin.save()
        trail.changed(twin, before)
    trail.removed(row)
    type(row)._base_manager.filter(pk=row.pk).delete()


def _take_over(kept: Organisation, merged: Organisation) -> None:
    for field in TAKEN_OVER:
        if not getattr(kept, field):
            setattr(kept, field, getattr(merged, field))
    if kept.parent is None and merged.parent is not None and not is_below(merged.parent, kept):
        kept.parent = merged.parent


def _keep_names(kept: Organisation, merged: Organisation, trail: Trail) -> None:
    """Documents go on naming the merged one, so its names have to lead to the kept one."""
    known: set[Any] = {getattr(kept, field) for field in TAKEN_OVER}
    known |= set(kept.aliases.values_list("text", flat=True))
    for stem in ("name", "short_name"):
        for language in LANGUAGES:
            text = getattr(merged, f"{stem}_{language}")
            if text not in known:
                known.add(text)
                trail.created(Alias.objects.create(organisation=kept, text=text, language=language))
