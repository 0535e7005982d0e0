from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader, sees_everything
from comity.files.models import StoredFile
from comity.issuing.digest import Digest, digest_of
from comity.issuing.formats import Format
from comity.issuing.periods import ReportPeriod, period_of
from comity.lib.addresses import address
from comity.lib.choices import in_words
from comity.lib.languages import Language
from comity.programmes.models import Programme


class IssuedReportQuerySet(models.QuerySet["IssuedReport"]):
    def visible_to(self, user: Reader) -> "IssuedReportQuerySet":
        """Of programmes that the person sees and has a part in.

        An issued report may tell what was handed in and not accepted yet.
        """
        if sees_everything(user):
            return self
        seen = Programme.objects.visible_to(user).filter(pk=OuterRef("programme"))
        party = Programme.objects.belonging_to(user).filter(pk=OuterRef("programme"))
        return self.filter(Exists(seen), Exists(party))


class IssuedReport(models.Model):
    """A report on a programme for a period as it was issued: numbered, dated, never changed."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="issued_reports", db_index=False
    )
    number = models.PositiveIntegerField(_("number"))
    period_code = models.CharField(_("period"), max_length=6)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    as_of = models.DateField(_("as of"))
    issued_on = models.DateField(_("issued on"))
    issued_at = models.DateTimeField(default=timezone.now, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    issued_by_name = models.CharField(max_length=254)
    #: All that it says, as `digest.kept` gives it.
    contents = models.JSONField()

    #: The files tell of it by their SHA-256.
    not_audited = ("contents",)
    history_parts = ("files",)
    #: Whose visibility decides.
    seen_with = "programme"

    objects = IssuedReportQuerySet.as_manager()
    get_language_display = in_words("language", Language)

    class Meta:
        verbose_name = _("issued report")
        verbose_name_plural = _("issued reports")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="issued_report_number")
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.period_code}, № {self.number}"

    def get_absolute_url(self) -> str:
        return address("issuing:report", self.pk)

    @property
    def period(self) -> ReportPeriod:
        return period_of(self.period_code)

    @property
    def digest(self) -> Digest:
        return digest_of(self.contents)


class IssuedFile(models.Model):
    """An issued report in one format, with the SHA-256 of its bytes."""

    report = models.ForeignKey(IssuedReport, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(_("format"), max_length=4, choices=Format.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    #: Also kept with the file; here the chain of the history vouches for it.
    sha256 = models.CharField("SHA-256", max_length=64)
    #: The Word file whose placeholders were filled.
    template = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_with = models.CharField(_("written with"), max_length=200)

    seen_with = "report"

    get_format_display = in_words("format", Format)

    class Meta:
        verbose_name = _("file of an issued report")
        verbose_name_plural = _("files of issued reports")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["report", "format"], name="issued_once_a_format")
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.sha256}"

    @property
    def name(self) -> str:
        """What it is called when somebody saves it."""
        report = self.report
        return (
            f"report-{report.programme_id}-{report.number}-{report.period_code}-"
            f"{report.language}.{self.format}"
        )
