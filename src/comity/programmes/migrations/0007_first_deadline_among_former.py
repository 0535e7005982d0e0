from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0006_former_deadlines'),
    ]

    operations = [migrations.RemoveField('measure', 'first_due_text')]
