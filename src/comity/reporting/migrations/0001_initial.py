import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0004_six_roles'),
        ('files', '0001_initial'),
        ('programmes', '0002_six_roles_and_settlement'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_address', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'calendar address',
                'verbose_name_plural': 'calendar addresses',
            },
        ),
        migrations.CreateModel(
            name='OneTimeLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(blank=True, max_length=2, verbose_name='side')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='used or taken away')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('occurrence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='one_time_links', to='programmes.occurrence')),
            ],
            options={
                'verbose_name': 'one-time link',
                'verbose_name_plural': 'one-time links',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('side', models.CharField(blank=True, max_length=2, verbose_name='side')),
                ('stage', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('returned', 'returned'), ('accepted', 'accepted'), ('reopened', 're-opened'), ('reopened_text', 're-opened for its words'), ('submitted_text', 'submitted with other words')], default='draft', max_length=15, verbose_name='stage')),
                ('outcome', models.CharField(blank=True, choices=[('not_started', 'not started'), ('under_way', 'under way'), ('done', 'done'), ('in_part', 'done in part'), ('impossible', 'not possible any more')], max_length=11, verbose_name='state')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='done on')),
                ('told', models.TextField(blank=True, verbose_name='what was done')),
                ('language', models.CharField(choices=[('be', 'Belarusian'), ('ru', 'Russian'), ('en', 'English')], default='en', max_length=2, verbose_name='language')),
                ('figure', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='reached')),
                ('spent_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=20, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='money spent')),
                ('spent_currency', models.CharField(blank=True, max_length=3, verbose_name='currency')),
                ('difficulties', models.TextField(blank=True, verbose_name='difficulties')),
                ('help_wanted', models.TextField(blank=True, verbose_name='what would help')),
                ('first_submitted_at', models.DateTimeField(editable=False, null=True, verbose_name='first submitted')),
                ('submitted_at', models.DateTimeField(editable=False, null=True, verbose_name='submitted')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='decided')),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='directory.organisation', verbose_name='responsible body')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='programmes.measure')),
                ('occurrence', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='programmes.occurrence', verbose_name='occurrence')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='programmes.programme')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'report',
                'verbose_name_plural': 'reports',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=255, verbose_name='file name')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='link')),
                ('caption', models.CharField(blank=True, max_length=300, verbose_name='what it shows')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('is_taken_off', models.BooleanField(default=False, verbose_name='taken off')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='reporting.report')),
            ],
            options={
                'verbose_name': 'piece of evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='ReportingPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.DateField(verbose_name='from')),
                ('end', models.DateField(verbose_name='until')),
                ('locked_at', models.DateTimeField(null=True, verbose_name='locked')),
                ('programme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reporting_periods', to='programmes.programme')),
            ],
            options={
                'verbose_name': 'reporting period',
                'verbose_name_plural': 'reporting periods',
                'ordering': ('-start', '-end'),
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('submitted', 'submitted'), ('taken_back', 'taken back'), ('returned', 'returned'), ('accepted', 'accepted'), ('reopened', 're-opened'), ('reopened_text', 're-opened for its words'), ('settling', 'asked to be settled with the other side')], max_length=13)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('by_name', models.CharField(max_length=254)),
                ('reason', models.TextField(blank=True)),
                ('content', models.JSONField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='reporting.report')),
            ],
            options={
                'verbose_name': 'step of a report',
                'verbose_name_plural': 'steps of reports',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='followers', to='programmes.measure')),
                ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='followers', to='programmes.programme')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'follower',
                'verbose_name_plural': 'followers',
                'constraints': [models.CheckConstraint(condition=models.Q(('programme__isnull', False), ('measure__isnull', False), _connector='XOR'), name='follow_one_thing'), models.UniqueConstraint(fields=('user', 'programme'), name='follow_programme_once'), models.UniqueConstraint(fields=('user', 'measure'), name='follow_measure_once')],
            },
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['programme', 'stage'], name='report_of_programme'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['stage', '-submitted_at'], name='report_by_stage'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('occurrence', 'side'), name='report_once_a_side'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('stage', 'draft'), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='report_says_a_state_once_submitted'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('spent_amount', None), models.Q(('spent_currency', ''), _negated=True), _connector='OR'), name='report_money_has_a_currency'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('figure', None), ('figure__gte', 0), _connector='OR'), name='report_figure_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('file__isnull', False), models.Q(('link', ''), _negated=True), _connector='XOR'), name='evidence_is_a_file_or_a_link'),
        ),
        migrations.AddConstraint(
            model_name='reportingperiod',
            constraint=models.UniqueConstraint(fields=('programme', 'start', 'end'), name='reporting_period_once_each'),
        ),
        migrations.AddConstraint(
            model_name='reportingperiod',
            constraint=models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='reporting_period_ends_after_it_begins'),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(models.F('report'), models.F('kind'), name='step_of_report'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'submitted'), ('content__isnull', True), _connector='XOR'), name='step_keeps_what_was_submitted'),
        ),
    ]
