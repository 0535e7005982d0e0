from datetime import date

from django.db import migrations, models

from comity.lib.periods import Period
from comity.programmes.due import DueRule, occurrences

PART = 500


def keep_first_days(apps, _schema):
    """Of measures that were moved before it was kept: by the first of their former deadlines."""
    measure = apps.get_model("programmes", "Measure")
    occurrence = apps.get_model("programmes", "Occurrence")
    moved = measure.objects.filter(former_dues__isnull=False).order_by("pk")
    keys = list(moved.values_list("pk", flat=True))
    for start in range(0, len(keys), PART):
        some = moved.filter(pk__in=keys[start : start + PART]).select_related("programme")
        changed = []
        for one in some.prefetch_related("occurrences"):
            first = days_of(one.former_dues[0][0], one.programme)
            changed += list(with_first_days(list(one.occurrences.all()), first))
        occurrence.objects.bulk_update(changed, ["first_due_on"])


def days_of(kept, programme):
    """The days of a rule as it is kept, in the period of the programme."""
    kind, start, end, recurrence, season = kept
    day = lambda text: date.fromisoformat(text) if text else None  # noqa: E731
    rule = DueRule(str(kind), day(start), day(end), recurrence, season)
    has_period = programme.start and programme.end
    period = Period(programme.start, programme.end) if has_period else None
    return [window.end for window in occurrences(rule.within(period))]


def with_first_days(known, first):
    """The occurrences that took the place of others, the first that of the first, and so on."""
    stand = {one.due_on for one in known if not one.withdrawn or one.done_on}
    gone = [due for due in sorted(first) if due not in stand]
    new = [one for one in known if not one.withdrawn and one.due_on not in first]
    for one, due in zip(sorted(new, key=lambda one: one.due_on), gone):
        one.first_due_on = due
        yield one


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0007_first_deadline_among_former'),
    ]

    operations = [
        migrations.AddField(
            model_name='occurrence',
            name='first_due_on',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.RunPython(keep_first_days, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='occurrence',
            index=models.Index(condition=models.Q(('first_due_on__isnull', False)), fields=['first_due_on'], name='occurrence_moved'),
        ),
    ]
