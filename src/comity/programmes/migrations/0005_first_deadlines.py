from django.db import migrations

RULE = ("due_kind", "due_start", "due_end", "due_recurrence", "due_season")


def keep_first_deadlines(apps, _schema):
    """Of measures whose deadline was moved before it was kept beside them, by the audit trail."""
    entry, measure = apps.get_model("audit", "Entry"), apps.get_model("programmes", "Measure")
    told = entry.objects.filter(model="programmes.measure")
    moved = {
        record
        for record, changes in told.filter(kind="changed")
        .values_list("record_id", "changes")
        .iterator(chunk_size=1000)
        if any(name in changes for name in RULE)
    }
    for record in sorted(moved):
        created = told.filter(kind="created", record_id=record).order_by("event").first()
        if created is None:
            continue
        first = {name: after for name, (_before, after) in created.changes.items()}
        kind, start, end, recurrence, season = (first.get(name) for name in RULE)
        measure.objects.filter(pk=record).update(
            first_due=[kind, start, end, recurrence or None, season or None],
            first_due_text=first.get("due_text") or "",
        )


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_removed'),
        ('programmes', '0004_amendments'),
    ]

    operations = [migrations.RunPython(keep_first_deadlines, migrations.RunPython.noop)]
