import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from comity.accounts.models import User
from comity.agreements.actions import add_statement
from comity.agreements.models import Agreement, Statement
from comity.audit.actions import Installation
from comity.audit.models import Event

pytestmark = pytest.mark.django_db

SOURCE = "https://www.example.org/news/7"


def test_a_statement_stands_with_its_source(agreement: Agreement, keeper: User) -> None:
    statement = add_statement(
        agreement=agreement, by=keeper, as_stated="подписано в 2018 году", source=SOURCE
    )

    assert (str(statement), statement.domain) == ("подписано в 2018 году", "example.org")
    event = Event.objects.get()
    assert (event.verb, event.actor_id) == ("agreement.statement_added", keeper.pk)
    assert [(e.model, e.kind) for e in event.entries.all()] == [("agreements.statement", "created")]


def test_others_are_refused(agreement: Agreement, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        add_statement(agreement=agreement, by=outsider, as_stated="x", source=SOURCE)
    assert Statement.objects.count() == 0


def test_an_address_that_is_none_is_refused(agreement: Agreement) -> None:
    with pytest.raises(ValidationError) as refused:
        add_statement(
            agreement=agreement, by=Installation(), as_stated="x", source="javascript:alert(1)"
        )
    assert refused.value.message_dict == {"source": ["Enter a valid URL."]}


def test_the_page(client: Client, agreement: Agreement, keeper: User, outsider: User) -> None:
    where = f"/agreements/{agreement.pk}/statements/add/"
    assert client.get(where).status_code == 302
    client.force_login(outsider)
    assert client.get(where).status_code == 403
    client.force_login(keeper)
    assert client.get(where).status_code == 200
    wrong = client.post(where, {"as_stated": "x", "source": "no address"})
    assert "Enter a valid URL." in wrong.content.decode()

    response = client.post(where, {"as_stated": "signed in 2018", "source": SOURCE})
    assert response.headers["Location"] == f"/agreements/{agreement.pk}/"
    page = client.get(f"/agreements/{agreement.pk}/").content.decode()
    assert "«signed in 2018»" in page
    assert f'<a href="{SOURCE}" rel="external noopener">example.org</a>' in page

    again = client.post(where, {"as_stated": "signed in 2018", "source": SOURCE})
    assert "already exists" in again.content.decode()
    assert Statement.objects.count() == 1
