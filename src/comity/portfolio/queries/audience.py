"""Which readers see the same programmes, so that what is computed for one serves them all."""

from comity.accounts.rules import Reader, sees_everything
from comity.directory.rules import organisations_of
from comity.programmes.grants import granted_programmes

#: What decides which programmes one sees and how far they are.
ROOMS = ("programmes", "agreements", "directory", "territories", "accounts")


def audience(reader: Reader) -> str:
    """The readers who see the same programmes, in a word to keep what was computed by."""
    if sees_everything(reader):
        return "everything"
    mine = organisations_of(reader) or granted_programmes(reader)
    return f"person-{reader.pk}" if mine else "public"
