from django.db import migrations, models


def name_observers(apps, _schema):
    """Who was called a viewer is an observer now, as the roles of reporting are named."""
    apps.get_model("programmes", "ProgrammeGrant").objects.filter(role="viewer").update(role="observer")


def name_viewers(apps, _schema):
    apps.get_model("programmes", "ProgrammeGrant").objects.filter(role="observer").update(role="viewer")


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='occurrence',
            name='disputed_since',
            field=models.DateField(blank=True, null=True, verbose_name='disputed since'),
        ),
        migrations.AddField(
            model_name='occurrence',
            name='given_up',
            field=models.BooleanField(default=False, verbose_name='not possible any more'),
        ),
        migrations.AlterField(
            model_name='programmegrant',
            name='role',
            field=models.CharField(choices=[('observer', 'observer'), ('reporter', 'reporter'), ('verifier', 'verifier'), ('coordinator', 'coordinator'), ('administrator', 'administrator'), ('auditor', 'auditor')], max_length=16, verbose_name='role'),
        ),
        migrations.AddConstraint(
            model_name='occurrence',
            constraint=models.CheckConstraint(condition=models.Q(('given_up', False), ('done_on__isnull', False), _connector='OR'), name='occurrence_given_up_on_a_day'),
        ),
        migrations.RunPython(name_observers, name_viewers),
    ]
