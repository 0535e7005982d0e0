"""The worker: does what was asked for in the background, and what each day asks for."""

import logging
import os
import signal
import threading
from collections.abc import Callable

from django.db import Error, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from comity.post.actions import ring_for_forgotten

logger = logging.getLogger(__name__)
#: Seconds between two looks at the queue, and looks between two at what else is due.
PAUSE, ROUND = 2.0, 30


def work_until_stopped(*, with_parent: bool) -> None:
    """Works until a signal comes or, with a parent, until that process is no more."""
    stopped, parent = threading.Event(), os.getppid()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stopped.set())
    rounds = 0
    while not stopped.is_set() and not (with_parent and os.getppid() != parent):
        try:
            if rounds % ROUND == 0:
                look_around()
            work_once()
        except Error:  # the database is away, or locked for long: the next look finds it again
            logger.exception("The worker could not reach the database.")
        close_old_connections()
        rounds += 1
        stopped.wait(PAUSE)


def look_around(duties: tuple[Callable[[], object], ...] = ()) -> None:
    """Rings for what was forgotten, such as letters whose worker died."""
    ring_for_forgotten(timezone.now())
    for duty in duties:
        duty()


def work_once() -> bool:
    """Does everything that is ready now; whether there was anything."""
    if not DBTaskResult.objects.ready().exists():
        return False
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    ).run()
    return True
