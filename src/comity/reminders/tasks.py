from datetime import date

from django_tasks import task

from comity.reminders.actions import run_day


@task
def remind_people(day: str) -> int:
    return run_day(date.fromisoformat(day))
