"""Whether an issued report is still what was issued, and comes out the same when made again."""

from dataclasses import dataclass

from comity.files.models import sha256_of
from comity.issuing.models import IssuedFile, IssuedReport
from comity.issuing.writers import written, written_with


@dataclass(frozen=True, slots=True)
class Finding:
    """Of one file: the SHA-256 of what is kept, and of what comes out now."""

    file: IssuedFile
    #: Empty where the file is missing on the server.
    kept: str
    again: str
    written_with: str

    @property
    def is_whole(self) -> bool:
        return self.kept == self.file.sha256

    @property
    def is_the_same_again(self) -> bool:
        return self.again == self.file.sha256

    @property
    def is_written_otherwise(self) -> bool:
        """Whether other versions of the libraries write it now."""
        return self.written_with != self.file.written_with


def findings(report: IssuedReport) -> list[Finding]:
    """Each file of the report: looked at where it lies, and made again from what is kept."""
    return [finding_of(one) for one in report.files.select_related("file", "template", "report")]


def finding_of(file: IssuedFile) -> Finding:
    template, path = file.template.path if file.template else None, file.file.path
    again = b""
    if template is None or template.exists():
        filled = template.read_bytes() if template else None
        again = written(file.report.digest, file.format, filled)
    return Finding(
        file=file,
        kept=sha256_of([path.read_bytes()]) if path.exists() else "",
        again=sha256_of([again]) if again else "",
        written_with=written_with(file.format),
    )
