from comity.agreements.models.agreement import Agreement, AgreementKind, AgreementQuerySet
from comity.agreements.models.amendment import AMENDABLE, TERMS, Amendment
from comity.agreements.models.document import Document, DocumentKind
from comity.agreements.models.party import CooperationField, Party
from comity.agreements.models.statement import Statement

__all__ = [
    "AMENDABLE",
    "TERMS",
    "Agreement",
    "AgreementKind",
    "AgreementQuerySet",
    "Amendment",
    "CooperationField",
    "Document",
    "DocumentKind",
    "Party",
    "Statement",
]
