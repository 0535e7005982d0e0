from comity.agreements.actions.course import amend_agreement, end_agreement, record_objection
from comity.agreements.actions.documents import add_document, remove_document
from comity.agreements.actions.opening import must_keep
from comity.agreements.actions.parties import NewParty
from comity.agreements.actions.statements import add_statement
from comity.agreements.actions.texts import (
    AgreementText,
    change_agreement,
    create_agreement,
)
from comity.agreements.actions.unamending import remove_amendment

__all__ = [
    "AgreementText",
    "NewParty",
    "add_document",
    "add_statement",
    "amend_agreement",
    "change_agreement",
    "create_agreement",
    "end_agreement",
    "must_keep",
    "record_objection",
    "remove_amendment",
    "remove_document",
]
