"""Every address, asked by every kind of reader: what comes back, and what must not be in it."""

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.safety.addresses import ROWS, Row
from tests.safety.who import MAY, READERS, SEE, TEXTS
from tests.safety.world import COMMON, ROLES, VISIBILITIES, World, a_world

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("quick_reading", "written_once"),
    pytest.mark.unmeasured,  # it walks through everything, and being measured doubles its time
]

ALLOWED, SIGN_IN, REFUSED = "allowed", "asked to sign in", "refused"
HIDDEN, NO_METHOD = "not there", "-"
#: Records by the name that the history knows their models by.
RECORD_OF = {
    "agreements.agreement": "agreement",
    "agreements.document": "document",
    "programmes.programme": "programme",
    "programmes.measure": "measure",
    "programmes.occurrence": "done",
    "programmes.measureamendment": "proposed",
    "reporting.report": "waiting report",
    "reminders.programmeladder": "ladder",
    "intake.import": "import",
    "issuing.issuedreport": "issued",
    "directory.organisation": "authority",
    "directory.zone": "zone",
    "directory.contact": "contact",
    "territories.territory": "territory",
    "forum.edition": "edition",
}
#: Fragments say what their pages say, and whether a method is known depends on nobody: those who
#: may see least would meet a leak in them.
ASKING_MORE = ("nobody", "outsider", "party.observer", "programme.observer", "party.verifier")
ASKED_OF_LISTS = (
    f"/search/?q={COMMON}",
    f"/search/?q={COMMON}&kind=measure&status=overdue",
    f"/agreements/?q={COMMON}",
    "/agreements/?status=in_force&field=trade&territory=BY-HO",
    f"/programmes/?q={COMMON}",
    "/programmes/?territory=BY-HO&state=overdue",
    f"/measures/?q={COMMON}",
    "/measures/?territory=BY-HO&due_from=2024-01-01&due_until=2024-12-31",
    f"/agreements/parties/?party={COMMON}",
    f"/organisations/suggestions/?name={COMMON}",
    "/portfolio/?territory=BY-HO&field=trade&state=overdue&sort=share",
    "/portfolio/?day=2024-06-01",
    "/portfolio/portfolio.csv?sort=overdue",
    "/?table",
    "/?field=trade&territory=BY-HO",
)


@pytest.fixture
def world(tmp_path: Path) -> World:
    for cache in caches.all():
        cache.clear()
    return a_world(tmp_path)


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for found in resolver.url_patterns:
        if isinstance(found, URLPattern):
            yield f"{namespace}{found.name}"
        else:
            own = f"{found.namespace}:" if found.namespace else ""
            yield from patterns(found, namespace + own)


def test_no_address_is_left_out() -> None:
    assert sorted(patterns(get_resolver())) == sorted({row.address for row in ROWS})


def test_no_model_with_a_history_is_left_out() -> None:
    shown = {
        model._meta.label_lower
        for model in apps.get_models()
        if hasattr(model._default_manager, "visible_to") and model._meta.app_label != "search"
    }
    assert shown == set(RECORD_OF)


def test_no_other_model_has_a_history(client: Client) -> None:
    others = [
        m._meta.label_lower for m in apps.get_models() if m._meta.label_lower not in RECORD_OF
    ]
    answers = {name: client.get(f"/history/{name}/1/").status_code for name in others}
    assert answers == dict.fromkeys(others, 404)


#: Readers who meet the same world, which takes long to make: those with one role, by their places.
ALIKE = [
    [reader for reader in READERS if "." not in reader],
    *([reader for reader in READERS if reader.endswith(f".{role}")] for role in ROLES),
]


#: The roles ask the same questions of a database, with other ids: there three stand for all.
ALIKE_THERE = (
    ALIKE
    if connection.vendor == "sqlite"
    else [["outsider", "party.observer", "whole.administrator"]]
)


def test_no_reader_is_left_out() -> None:
    assert sorted(itertools.chain.from_iterable(ALIKE)) == sorted(READERS)


@pytest.mark.parametrize("readers", ALIKE_THERE, ids=", ".join)
def test_every_address_answers_each_reader_as_promised(world: World, readers: list[str]) -> None:
    problems = [f"{reader}: {one}" for reader in readers for one in met_by(reader, world)]
    assert not problems, "\n".join(problems)


def met_by(reader: str, world: World) -> Iterator[str]:
    """What a reader is answered otherwise than promised, and what they may not see."""
    client = a_client(world, reader)
    answers, promises = {}, {}
    for row, visibility, path in asked(world):
        if not meets(reader, row, visibility):
            continue
        for method in ("GET", "POST", "HTMX"):
            if reader not in ASKING_MORE and (method == "HTMX" or row.may(method) == NO_METHOD):
                continue
            if method == "HTMX" and answers[f"GET {row.address} {row.of} {visibility}"] != ALLOWED:
                continue
            place = f"{method} {row.address} {row.of} {visibility}"
            response = ask(client, method, path)
            answers[place] = outcome(response)
            promises[place] = promised(row, visibility, reader, method)
            yield from (f"{place}: {text}" for text in not_theirs(response, reader))
    yield from wrong(answers, promises)


def meets(reader: str, row: Row, visibility: str) -> bool:
    """Those with a role in the whole are promised the same of all: one of each in turn will do."""
    if not reader.startswith("whole.") or visibility not in VISIBILITIES:
        return True
    return VISIBILITIES.index(visibility) == ROWS.index(row) % len(VISIBILITIES)


def test_the_whole_is_promised_the_same_whatever_the_visibility() -> None:
    for promise in (*SEE.values(), *MAY.values()):
        whole = [{who for who in promise[v] if who.startswith("whole.")} for v in VISIBILITIES]
        assert whole == [whole[0]] * len(VISIBILITIES)


@pytest.mark.parametrize("readers", ALIKE_THERE, ids=", ".join)
def test_lists_hold_nothing_that_is_not_the_readers(world: World, readers: list[str]) -> None:
    leaks = []
    for reader in readers:
        client = a_client(world, reader)
        for path in ASKED_OF_LISTS:
            for method in ("GET", "HTMX"):
                response = ask(client, method, path)
                assert response.status_code == 200, path
                leaks += [f"{reader}: {path}: {text}" for text in not_theirs(response, reader)]
    assert leaks == []


def wrong(answers: dict[str, str], promises: dict[str, str]) -> list[str]:
    return [
        f"{place}: {answer}, not {promises[place]}"
        for place, answer in answers.items()
        if answer != promises[place]
    ]


def a_client(world: World, reader: str) -> Client:
    client = Client(raise_request_exception=True)
    person = world.readers[reader]
    if person is not None:
        client.force_login(person)
    return client


def asked(world: World) -> Iterator[tuple[Row, str, str]]:
    """Each row of the table with the address of each of its records."""
    for row in ROWS:
        records = world.records.get(RECORD_OF.get(row.of, row.of), {"": None})
        for visibility, record in records.items():
            yield row, visibility, reverse(row.address, kwargs=places(row, record))


def places(row: Row, record: Any) -> dict[str, Any]:
    """What stands in an address besides its words."""
    if row.of in RECORD_OF:
        return {"model": row.of, "pk": record.pk}
    special = {
        "": {},
        "key": {"key": "none"},
        "reset": {"uidb36": "1", "key": "none"},
        "security key": {"pk": 1},
        "language": {"language": "en"},
        "secret": {"secret": "none"},
        "secret of evidence": {"secret": "none", "pk": 1},
    }
    if row.of in special:
        return special[row.of]
    if isinstance(record, dict):
        return record
    if row.of == "edition":
        return {"number": record.number}
    if row.of in ("row", "body"):
        return {"pk": record.document_id, f"{row.of}_pk": record.pk}
    besides = {"side": "-"} if row.address == "reminders:form" else {}
    return {"pk": record.pk, **besides}


def ask(client: Client, method: str, path: str) -> HttpResponseBase:
    """One request, of which nothing stays behind."""
    cookies = dict(client.cookies)
    with transaction.atomic():
        if method == "POST":
            response = client.post(path, {"do": "text"})
        else:
            response = client.get(path, headers={"HX-Request": "true"} if method == "HTMX" else {})
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    return response


def outcome(response: HttpResponseBase) -> str:
    status, target = response.status_code, response.headers.get("Location", "")
    if status == 302 and target.startswith(reverse("account_login")):
        return SIGN_IN
    known = {401: SIGN_IN, 403: REFUSED, 404: HIDDEN, 405: NO_METHOD, 500: "failed"}
    return known.get(status, ALLOWED)


def promised(row: Row, visibility: str, reader: str, method: str) -> str:
    may = row.may(method)
    if row.asks_for_an_account and reader == "nobody":
        return SIGN_IN
    if may in (HIDDEN, NO_METHOD):
        return may
    if reader not in SEE[row.see][visibility]:
        return HIDDEN
    return ALLOWED if reader in MAY[may][visibility] else REFUSED


def not_theirs(response: HttpResponseBase, reader: str) -> list[str]:
    """Texts in an answer that its reader may not see."""
    return sorted(f"zq{whose}" for whose in whose_texts(response) if reader not in TEXTS[whose])


def whose_texts(response: HttpResponseBase) -> set[str]:
    """What a random secret looks like by chance is nobody's."""
    return set(re.findall(r"zq([a-z]+)_", text_of(response))) & TEXTS.keys()


def text_of(response: HttpResponseBase) -> str:
    """All that an answer holds: its headers, and its body with what is packed in it."""
    content = (
        b"".join(response.streaming_content)  # type: ignore[arg-type]  # not asynchronous here
        if response.streaming
        else response.content  # type: ignore[attr-defined]  # one that is not streamed
    )
    packed = b""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            packed = b"".join(map(package.read, package.namelist()))
    return f"{response.headers} {(content + packed).decode('utf-8', 'replace')}"


def test_the_world_has_something_of_every_visibility(world: World) -> None:
    """Whoever coordinates the whole meets all the texts, so the others' pages are a real test."""
    client, met = a_client(world, "whole.administrator"), set[str]()
    for _row, _visibility, path in asked(world):
        met |= whose_texts(ask(client, "GET", path))
    assert met == set(TEXTS)
    assert {v for v in VISIBILITIES if f"agr{v}" in met} == set(VISIBILITIES)
