from types import SimpleNamespace

from django.db import migrations, models
from django.utils import timezone

from comity.lib.periods import Period
from comity.programmes.due import DueRule
from comity.programmes.former_deadlines import days_of_deadlines


def count_them(apps, _schema):
    """Of measures that were moved before it was kept."""
    moved = apps.get_model("programmes", "Measure").objects.filter(former_dues__isnull=False)
    today = timezone.localdate()
    for measure in moved.select_related("programme").prefetch_related("occurrences").iterator(500):
        rule = DueRule(
            measure.due_kind,
            measure.due_start,
            measure.due_end,
            measure.due_recurrence or None,
            measure.due_season or None,
        )
        programme = measure.programme
        has_period = programme.start and programme.end
        told = days_of_deadlines(
            SimpleNamespace(due=rule, former_dues=measure.former_dues),
            Period(programme.start, programme.end) if has_period else None,
            measure.occurrences.all(),
            today,
        )
        if told.dropped:
            measure.dropped = len(told.dropped)
            measure.save(update_fields=["dropped"])


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0009_corrections'),
    ]

    operations = [
        migrations.AddField(
            model_name='measure',
            name='dropped',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.RunPython(count_them, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(condition=models.Q(('dropped__isnull', False)), fields=['programme'], name='measure_that_dropped_days'),
        ),
    ]
