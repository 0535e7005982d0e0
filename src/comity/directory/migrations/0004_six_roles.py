from django.db import migrations, models


def name_observers(apps, _schema):
    """Who was called a viewer is an observer now, as the roles of reporting are named."""
    apps.get_model("directory", "Membership").objects.filter(role="viewer").update(role="observer")


def name_viewers(apps, _schema):
    apps.get_model("directory", "Membership").objects.filter(role="observer").update(role="viewer")


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0003_names_of_people_and_terms'),
    ]

    operations = [
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('observer', 'observer'), ('reporter', 'reporter'), ('verifier', 'verifier'), ('coordinator', 'coordinator'), ('administrator', 'administrator'), ('auditor', 'auditor')], max_length=16, verbose_name='role'),
        ),
        migrations.RunPython(name_observers, name_viewers),
    ]
