from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comity.lib.periods import Period
from comity.programmes.models import Programme
from comity.programmes.wording import stretch


class ReportingPeriod(models.Model):
    """A quarter, a half-year or a year of a programme that is reported on as a whole.

    What fell due in it can be reported on after it was locked too, and is then marked.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="reporting_periods", db_index=False
    )
    start = models.DateField(_("from"))
    end = models.DateField(_("until"))
    locked_at = models.DateTimeField(pgettext_lazy("reporting period", "locked"), null=True)

    seen_with = "programme"

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ("-start", "-end")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "start", "end"], name="reporting_period_once_each"
            ),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")), name="reporting_period_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return stretch(self.start, self.end)

    @property
    def stretch(self) -> Period:
        return Period(self.start, self.end)

    def is_over_on(self, day: date) -> bool:
        return self.end < day

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end
