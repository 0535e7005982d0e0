from django.db import migrations, models


def mark(apps, _schema):
    """Of what was submitted before this was kept: by the locks that stand today."""
    periods = apps.get_model("reporting", "ReportingPeriod").objects
    steps = apps.get_model("reporting", "Step").objects.filter(kind="submitted")
    for period in periods.filter(locked_at__isnull=False).order_by("pk"):
        steps.filter(
            at__gt=period.locked_at,
            report__programme=period.programme_id,
            report__occurrence__due_on__range=(period.start, period.end),
        ).update(locked_at=period.locked_at)


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0002_time_zones'),
    ]

    operations = [
        migrations.AddField('step', 'locked_at', models.DateTimeField(editable=False, null=True)),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
