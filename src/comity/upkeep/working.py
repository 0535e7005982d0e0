"""The worker: does what was asked for in the background, and what each day asks for."""

import logging
import os
import signal
import threading
from datetime import timedelta

from django.db import Error, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from comity.post.actions import ring_for_forgotten
from comity.reminders.actions import begin_daily_run
from comity.upkeep.actions import gather_statistics

logger = logging.getLogger(__name__)
#: Seconds between two looks at the queue, and looks between two at what else is due.
PAUSE, ROUND = 2.0, 30
#: How long it is remembered what was done, for whoever looks into a problem.
KEPT = timedelta(days=14)


def work_until_stopped(*, parent: int | None) -> None:
    """Works until a signal comes or, with a parent, until that process is no more.

    Who starts a worker names itself: a worker that asked for its parent only once it is up would
    take whoever inherited it for the one it belongs to, and stay for ever.
    """
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stopped.set())

    def goes_on() -> bool:
        return not stopped.is_set() and parent in (None, os.getppid())

    rounds = 0
    while goes_on():
        try:
            if rounds % ROUND == 0:
                look_around()
            while goes_on() and work_once():
                pass
        except Error:  # the database is away, or locked for long: the next look finds it again
            logger.exception("The worker could not reach the database.")
        close_old_connections()
        rounds += 1
        stopped.wait(PAUSE)


def look_around() -> None:
    """Begins what the day asks for, and rings for letters that were forgotten."""
    if begin_daily_run(timezone.now()):
        gather_statistics()
    ring_for_forgotten(timezone.now())
    done = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT)
    done.delete()


def work_once() -> bool:
    """Does one thing that is ready now; whether there was any."""
    if not DBTaskResult.objects.ready().exists():
        return False
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    ).run()
    return True
