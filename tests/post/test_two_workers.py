"""Two workers at once, each with a connection of its own."""

import threading
from typing import Any

import pytest
from django.db import connection

from comity.post.actions import Letter, post_many
from comity.post.models import Mail
from comity.post.sending import send_due
from tests.post.servers import a_mail_server


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_letter_once(settings: Any) -> None:
    keys = [f"l{number:02}" for number in range(40)]
    post_many(Letter(key, f"{key}@example.org", "s", "b", "en", "digest") for key in keys)
    started = threading.Barrier(2)

    def work() -> None:
        started.wait()
        try:
            send_due()
        finally:
            connection.close()

    with a_mail_server(settings) as server:
        workers = [threading.Thread(target=work) for _one in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert sorted(to for to, _text in server.letters) == [f"{key}@example.org" for key in keys]
    assert set(Mail.objects.values_list("state", "attempts")) == {("sent", 1)}
