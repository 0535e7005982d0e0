from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.accounts.models import User
from comity.accounts.rules import Reader, coordinates_everything
from comity.agreements.models import Agreement
from comity.directory.models import Organisation
from comity.files.models import StoredFile
from comity.lib.versions import Versioned
from comity.programmes.grants import granted_programmes
from comity.programmes.models import Measure, Programme


class ImportState(models.TextChoices):
    DRAFT = "draft", _("being checked")
    COMMITTED = "committed", _("taken in")
    UNDONE = "undone", _("undone")
    DROPPED = "dropped", _("put aside")


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: Reader) -> "ImportQuerySet":
        """What was taken in is seen with its programme; the rest by who works on it.

        That is whoever brought the file, coordinators of the programme that it is to amend, and
        coordinators of the whole.
        """
        if coordinates_everything(user):
            return self
        taken_in = Q(state=ImportState.COMMITTED)
        seen = taken_in & Q(programme__in=Programme.objects.visible_to(user))
        if isinstance(user, User):
            seen |= Q(started_by=user)
            seen |= ~taken_in & Q(amends__in=granted_programmes(user, writing=True))
        return self.filter(seen)

    def drafts(self) -> "ImportQuerySet":
        return self.filter(state=ImportState.DRAFT)

    def of_file(self, sha256: str) -> "ImportQuerySet":
        """The times that a file with this content was brought in."""
        return self.filter(file__sha256=sha256)

    def newest(self) -> "ImportQuerySet":
        return self.order_by("-pk")

    def told_on_a_list(self) -> "ImportQuerySet":
        """With what a list says of each, and without the long texts of the document."""
        counted = {
            "measures_read": models.Count("rows", filter=Q(rows__is_left_out=False)),
            "open_doubts": models.Count("rows", filter=Q(rows__in_doubt=True)),
        }
        return (
            self.select_related("programme", "amends")
            .defer("tables", "unplaced")
            .annotate(**counted)
        )


class Import(Versioned):
    """A document on its way into the register: what was read from it and what became of it."""

    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )
    name = models.CharField(_("name it came with"), max_length=255)
    format = models.CharField(_("format"), max_length=8)
    language = models.CharField(_("language"), max_length=3)
    title = models.TextField(_("title as read"), blank=True)
    start = models.DateField(_("from, as read"), null=True, blank=True)
    end = models.DateField(_("until, as read"), null=True, blank=True)
    doubts = models.JSONField(default=list, help_text="Of the document: code and params of each.")
    tables = models.JSONField(default=list, help_text="The tables as read, with their columns.")
    unplaced = models.JSONField(default=list, help_text="Texts that are in no measure or section.")
    columns = models.JSONField(
        default=dict, help_text="What a person says the columns hold: table → column → role."
    )
    state = models.CharField(
        _("state"), max_length=9, choices=ImportState.choices, default=ImportState.DRAFT
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("brought in by"),
    )
    started_by_name = models.CharField(_("brought in by"), max_length=200)
    started_at = models.DateTimeField(_("brought in on"), default=timezone.now)
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agreement that it carries out"),
    )
    target = models.JSONField(
        default=dict, blank=True, help_text="What is said of the new programme, by field."
    )
    amends = models.ForeignKey(
        Programme,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("programme of which it is a new version"),
    )
    decisions = models.JSONField(
        _("changes decided about"),
        default=dict,
        blank=True,
        help_text="Of a new version: whether a change is taken over, where a person said so.",
    )
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("programme that it went into"),
    )
    programme_version = models.PositiveIntegerField(null=True, editable=False)
    settled_at = models.DateTimeField(_("taken in, undone or put aside on"), null=True, blank=True)
    removed = models.JSONField(
        default=list, help_text="The measures that a new version took out, as they stood."
    )

    not_audited = ("tables", "unplaced", "doubts", "removed")
    #: Told to those who have an account.
    names_people = ("started_by_name",)

    #: Whose visibility decides, once there is one.
    seen_with = "programme"

    history_parts = ("rows", "bodies")

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-pk",)
        indexes = [models.Index(fields=["state", "-id"], name="import_newest_of_state")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where one goes on with a draft, or sees what became of the rest."""
        if not self.is_draft:
            step = "detail"
        elif self.amends_id is not None:
            step = "compare"
        else:
            step = "commit" if self.target else "check"
        return reverse(f"intake:{step}", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == ImportState.DRAFT

    @property
    def has_target(self) -> bool:
        return self.amends_id is not None or bool(self.target)


class Became(models.TextChoices):
    """What taking a document in did with a row."""

    NOTHING = "", _("not taken")
    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    SAME = "same", _("as it was")


class RowQuerySet(models.QuerySet["ImportRow"]):
    def doubts_first(self) -> "RowQuerySet":
        return self.order_by("-in_doubt", "position")

    def in_doubt(self) -> "RowQuerySet":
        return self.filter(in_doubt=True)

    def taken(self) -> "RowQuerySet":
        """Those that become measures."""
        return self.filter(is_left_out=False)


def corrections_in_words(corrected: dict[str, Any] | None) -> str:
    """What a person wrote into a row, each field on its own."""
    return "; ".join(_written(value) for value in (corrected or {}).values() if value)


def _written(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(f"{body['side'] or ''} {body['text']}".strip() for body in value)
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values() if part)
    return str(value)


class ImportRow(Versioned):
    """One measure as read, what a person made of it, and the measure that it became."""

    document = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    read = models.JSONField(help_text="The measure as the reading contract has it, and its season.")
    cells = models.JSONField(default=list, help_text="The cells of the source that it came from.")
    doubts = models.JSONField(default=list, help_text="Code and params of each.")
    corrected = models.JSONField(_("corrected"), default=dict)
    is_settled = models.BooleanField(_("doubts are settled"), default=False)
    is_left_out = models.BooleanField(_("left out"), default=False)
    in_doubt = models.BooleanField(default=False, editable=False)
    measure = models.ForeignKey(
        Measure, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("measure")
    )
    measure_version = models.PositiveIntegerField(null=True, editable=False)
    became = models.CharField(
        _("what it became"), max_length=7, choices=Became.choices, blank=True, default=""
    )
    before = models.JSONField(
        null=True, help_text="The measure as it stood before this document changed it."
    )

    not_audited = ("read", "cells", "doubts", "before", "in_doubt")

    audited_besides = {"corrected": (_("corrected"), corrections_in_words)}

    objects = RowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of a document")
        verbose_name_plural = _("rows of documents")
        ordering = ("position",)
        indexes = [
            models.Index(
                F("document"), F("in_doubt").desc(), F("position"), name="row_doubts_first"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="row_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.values['number'] or self.position + 1} {self.values['title']}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.follow_doubts()
        super().save(*args, **kwargs)

    def follow_doubts(self) -> None:
        self.in_doubt = bool(self.doubts) and not (self.is_settled or self.is_left_out)

    @property
    def values(self) -> dict[str, Any]:
        """What the row says now: as read, with what a person corrected."""
        return {**self.read, **self.corrected}

    @property
    def number(self) -> int:
        """Which row of the document it is, counted from one."""
        return self.position + 1


class BodyQuerySet(models.QuerySet["ImportBody"]):
    def used(self) -> "BodyQuerySet":
        """Those that a row which becomes a measure names."""
        return self.filter(uses__gt=0)

    def open(self) -> "BodyQuerySet":
        return self.used().filter(organisation=None, is_text=False)

    def known(self) -> "BodyQuerySet":
        return self.used().exclude(organisation=None)


class ImportBody(Versioned):
    """A body as the document writes it, and the organisation of the directory that is meant."""

    document = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="bodies")
    text = models.TextField(_("as written"))
    side = models.CharField(_("side"), max_length=2, blank=True)
    uses = models.PositiveIntegerField(default=0)
    candidates = models.JSONField(
        default=list, help_text="Organisation, score of 100 and reason of each, the best first."
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    is_certain = models.BooleanField(_("found by its exact name"), default=False)
    is_text = models.BooleanField(_("kept as written"), default=False)

    not_audited = ("candidates", "uses")

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("body named in a document")
        verbose_name_plural = _("bodies named in documents")
        ordering = ("pk",)
        indexes = [models.Index(fields=["document", "uses"])]

    def __str__(self) -> str:
        return f"{self.side} {self.text}".strip()
