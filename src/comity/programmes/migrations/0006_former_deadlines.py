from django.db import migrations
from django.utils import timezone

RULE = ("due_kind", "due_start", "due_end", "due_recurrence", "due_season")
WRITTEN = "due_text"
PART = 500


def keep_all_former_deadlines(apps, _schema):
    """All that a measure had, not the first alone; by the audit trail, which knows when each ended."""
    measure = apps.get_model("programmes", "Measure")
    moved = measure.objects.filter(former_dues__isnull=False).order_by("pk")
    keys = list(moved.values_list("pk", flat=True))
    for start in range(0, len(keys), PART):
        some = list(moved.filter(pk__in=keys[start : start + PART]))
        told = told_of(apps, [one.pk for one in some])
        for one in some:
            first = [one.former_dues, one.first_due_text, "0001-01-01"]
            one.former_dues = list(replaced(told.get(one.pk, ()))) or [first]
        measure.objects.bulk_update(some, ["former_dues"])


def told_of(apps, keys):
    """What the trail tells of each of these measures, in order: the day and the changes."""
    entry = apps.get_model("audit", "Entry")
    entries = entry.objects.filter(model="programmes.measure", record_id__in=keys)
    told = {}
    for record, at, changes in entries.order_by("event_id", "position").values_list(
        "record_id", "event__at", "changes"
    ):
        told.setdefault(record, []).append((timezone.localtime(at).date(), changes))
    return told


def replaced(told):
    """Each rule that was replaced, its text, and the day on which it was."""
    stands = {}
    for day, changes in told:
        before = rule_of(stands)
        written = stands.get(WRITTEN) or ""
        for name, (_was, became) in changes.items():
            if name in (*RULE, WRITTEN):
                stands[name] = became
        if before and before != rule_of(stands):
            yield [before, written, day.isoformat()]


def rule_of(stands):
    if not stands:
        return None
    kind, start, end, recurrence, season = (stands.get(name) for name in RULE)
    return [kind, start, end, recurrence or None, season or None]


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_removed'),
        ('programmes', '0005_first_deadlines'),
    ]

    operations = [
        migrations.RenameField('measure', 'first_due', 'former_dues'),
        migrations.RunPython(keep_all_former_deadlines, migrations.RunPython.noop),
    ]
