from comity.agreements.models.agreement import Agreement, AgreementKind, CooperationField, Party
from comity.agreements.models.amendment import Amendment
from comity.agreements.models.document import Document, DocumentKind
from comity.agreements.models.statement import Statement

__all__ = [
    "Agreement",
    "AgreementKind",
    "Amendment",
    "CooperationField",
    "Document",
    "DocumentKind",
    "Party",
    "Statement",
]
