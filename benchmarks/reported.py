"""A generated register with what came of its measures: four occurrences a measure, three reports.

The rows are put in by statements over whole tables, for SQLite: no page or figure depends on how
they came. Of past occurrences nine in ten are done, nearly half of those by accepted reports of
both sides; of the others half have a report that is a draft, waits, or was returned.
"""

from pathlib import Path

from benchmarks import filling, register
from benchmarks.filling import PASSWORD
from benchmarks.results import Telling

REPORTER, VERIFIER = "reporter@bench.example", "verifier@bench.example"

#: A measure gets three more days on which it has to show something, a good month apart.
_OCCURRENCES = """
INSERT OR IGNORE INTO programmes_occurrence
  (opens_on, due_on, done_note, withdrawn, given_up, measure_id, programme_id)
SELECT date(opens_on, more.months), date(due_on, more.months), '', 0, 0, measure_id, programme_id
FROM programmes_occurrence AS first
CROSS JOIN (SELECT '+1 months' AS months UNION SELECT '+3 months' UNION SELECT '+5 months') AS more
WHERE first.id IN (SELECT min(id) FROM programmes_occurrence GROUP BY measure_id)
"""
_REPORTS = """
INSERT INTO reporting_report
  (version, side, stage, outcome, done_on, told, language, spent_currency, difficulties,
   help_wanted, first_submitted_at, first_submitted_on, submitted_at, decided_at, body_id,
   measure_id, occurrence_id, programme_id)
SELECT 1, body.country, stage, CASE WHEN done_on IS NULL THEN 'under_way' ELSE 'done' END, done_on,
  'Мероприятие ' || o.id || ' проведено, о нём рассказали.', 'ru', '', '', '',
  CASE WHEN stage = 'draft' THEN NULL ELSE said || ' 09:00:00' END,
  CASE WHEN stage = 'draft' THEN NULL ELSE said END,
  CASE WHEN stage = 'draft' THEN NULL ELSE said || ' 09:00:00' END,
  CASE WHEN stage IN ('accepted', 'returned') THEN said || ' 12:00:00' END,
  body.organisation_id, o.measure_id, o.id, o.programme_id
FROM (
  SELECT *, date(due_on, (id / 7 %% 24 - 18) || ' days') AS said,
    CASE WHEN done_on IS NOT NULL THEN 'accepted'
      ELSE CASE id / 10 %% 6 WHEN 0 THEN 'draft' WHEN 2 THEN 'submitted' ELSE 'returned' END
    END AS stage
  FROM programmes_occurrence
  WHERE due_on < %(day)s
    AND CASE WHEN done_on IS NULL THEN id / 10 %% 2 = 0 ELSE id / 10 %% 20 < 9 END
) AS o
JOIN programmes_responsibility AS body ON body.measure_id = o.measure_id
WHERE body.id IN (
  SELECT min(id) FROM programmes_responsibility WHERE country IS NOT NULL
  GROUP BY measure_id, country
) AND (o.done_on IS NOT NULL OR body.country = 'BY')
"""
_STEPS = """
INSERT INTO reporting_step (report_id, kind, at, by_name, reason, content)
SELECT id, 'submitted', submitted_at, '', '', json_object(
  'outcome', outcome, 'done_on', done_on, 'told', told, 'language', language, 'figure', NULL,
  'spent_amount', NULL, 'spent_currency', '', 'difficulties', '', 'help_wanted', '',
  'evidence', json_array())
FROM reporting_report WHERE submitted_at IS NOT NULL
"""


def reported(measures: int, telling: Telling) -> Path:
    """The register with reports that stands on the generated one of so many measures."""
    from comity.upkeep.actions import migrate_database

    database = register.FOLDER / f"reported-{measures}.sqlite3"
    if database.exists():
        register.use(database)
        migrate_database()
        return database
    being_made = register.copied(register.generated(measures, telling))
    register.use(being_made)
    _report(telling)
    register.settled(being_made)
    return being_made.rename(database)


def _report(telling: Telling) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from comity.upkeep.actions import gather_statistics

    told = telling.begin("Reporting on what came of the measures", 5)
    day = timezone.localdate()
    with connection.cursor() as cursor:
        with transaction.atomic():
            cursor.execute(_OCCURRENCES)
        told(1)
        filling.settle(day)
        told(1)
        for statement, values in ((_REPORTS, {"day": day.isoformat()}), (_STEPS, None)):
            with transaction.atomic():
                cursor.execute(statement, values)
            told(1)
        with transaction.atomic():
            _people()
        gather_statistics()
        told(1)


def _people() -> None:
    """A reporter of the body that owes most, and a verifier of an authority that is a side."""
    from django.db.models import Count

    from comity.accounts.models import User
    from comity.directory.models import Membership, Organisation
    from comity.programmes.models import Responsibility

    busiest = (
        Responsibility.objects.exclude(organisation=None)
        .values("organisation")
        .annotate(n=Count("pk"))
        .order_by("-n", "organisation")
        .values_list("organisation", flat=True)[0]
    )
    authority = Organisation.objects.filter(kind="authority").order_by("pk")[0]
    for email, role, organisation in (
        (REPORTER, "reporter", busiest),
        (VERIFIER, "verifier", authority.pk),
    ):
        person = User.objects.create_user(email=email, password=PASSWORD)
        Membership.objects.create(user=person, organisation_id=organisation, role=role)
