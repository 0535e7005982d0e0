from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.lib.languages import Titled, said_in_some_language

#: The fields of an agreement that an amendment can change.
TERMS = ("until", "renewal_months", "notice_months")
AMENDABLE = (*TERMS, "number", "title_be", "title_ru", "title_en")


def changes_in_words(changes: dict[str, list[Any]] | None) -> str:
    """What an amendment changed, as the history keeps it."""
    from comity.agreements.wording import told_changes  # noqa: PLC0415  # it needs the models

    return "; ".join(
        f"{change.label}: {change.before} → {change.after}"
        for change in told_changes(changes or {})
    )


class Amendment(Titled):
    """A later text that changes an agreement: its titles say what, `changes` holds the terms.

    `changes` maps fields of the agreement to `[before, after]`; they count from `in_force_from`.
    Under `parties` and `fields` are what it took out and what it put in; see `composition`. The
    agreement itself holds the values after all its amendments.
    """

    agreement = models.ForeignKey(
        "agreements.Agreement", on_delete=models.CASCADE, related_name="amendments"
    )
    number = models.CharField(_("number"), max_length=60, blank=True)
    signed_on = models.DateField(_("signed on"))
    in_force_from = models.DateField(_("in force from"))
    changes = models.JSONField(default=dict, blank=True)

    audited_besides = {"changes": (_("what it changed"), changes_in_words)}

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ("in_force_from", "pk")
        indexes = [models.Index(fields=["in_force_from"], name="amendment_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=said_in_some_language("title"),
                name="amendment_has_a_title",
                violation_error_message=_("Write the title in at least one language."),
            )
        ]
