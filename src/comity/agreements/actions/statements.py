from django.db import transaction

from comity.accounts.rules import Reader
from comity.agreements.actions.opening import must_keep
from comity.agreements.models import Agreement, Statement
from comity.audit.actions import Trail


@transaction.atomic
def add_statement(*, agreement: Agreement, by: Reader, as_stated: str, source: str) -> Statement:
    """What a source says of an agreement, in its own words, with the address of the page.

    Raises PermissionDenied, or ValidationError with sentences.
    """
    must_keep(by, agreement)
    statement = Statement(agreement=agreement, as_stated=as_stated, source=source)
    statement.full_clean()
    statement.save()
    trail = Trail("agreement.statement_added", by)
    trail.created(statement)
    trail.record()
    return statement
