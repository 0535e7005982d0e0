"""Documents of an agreement are kept as they came, after a look at what is in them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader
from comity.agreements.actions.opening import must_keep
from comity.agreements.models import Agreement, Amendment, Document
from comity.audit.actions import Trail
from comity.files.actions import keep_file, plain_name
from comity.files.media import must_be_kept, with_suffix


@transaction.atomic
def add_document(
    *,
    agreement: Agreement,
    by: Reader,
    content: bytes,
    name: str,
    kind: str,
    language: str,
    amendment: Amendment | None = None,
) -> Document:
    """Keeps a file with an agreement; what it is, is read from its content and not its name.

    Raises PermissionDenied, or ValidationError with a sentence.
    """
    must_keep(by, agreement)
    media_type = must_be_kept(content)
    if amendment is not None and amendment.agreement_id != agreement.pk:
        raise ValidationError(_("That amendment belongs to another agreement."))
    document = Document(
        agreement=agreement,
        amendment=amendment,
        name=with_suffix(plain_name(name), media_type),
        kind=kind,
        language=language,
    )
    document.clean_fields(exclude=["file"])
    document.file = keep_file(content=content, name=name, media_type=media_type)
    if agreement.documents.filter(file=document.file).exists():
        raise ValidationError({"file": _("This agreement has the same file already.")})
    document.save()
    trail = Trail("agreement.document_added", by)
    trail.created(document)
    trail.record()
    return document


@transaction.atomic
def remove_document(*, document: Document, by: Reader, reason: str) -> None:
    """Takes a document off its agreement; the file itself stays kept. Raises PermissionDenied."""
    must_keep(by, document.agreement)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the history keeps it.")})
    trail = Trail("agreement.document_removed", by, reason)
    trail.removed(document)
    document.delete()
    trail.record()
