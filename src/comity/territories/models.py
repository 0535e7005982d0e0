from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader
from comity.lib.addresses import address
from comity.lib.choices import in_words
from comity.lib.languages import Named, in_three, said_in_some_language
from comity.lib.matching import containing, name_in_reading_order
from comity.lib.versions import Versioned


def must_be_a_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is no IANA time zone; write one such as Europe/Minsk."),
            params={"name": name},
        )


class TerritoryKind(models.TextChoices):
    COUNTRY = "country", _("country")
    REGION = "region", _("region")
    MUNICIPALITY = "municipality", _("municipality")


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def visible_to(self, _user: Reader) -> "TerritoryQuerySet":
        """Territories are open to everybody."""
        return self

    def countries(self) -> "TerritoryQuerySet":
        return self.filter(kind=TerritoryKind.COUNTRY)

    def within(self, territory: "Territory") -> "TerritoryQuerySet":
        """The territory itself and everything below it in the tree."""
        return self.filter(path__startswith=territory.path)

    def matching(self, text: str) -> "TerritoryQuerySet":
        """Those whose name contains the text, and the one whose code it is."""
        return self.filter(containing(text, *in_three("name")) | Q(code__iexact=text.strip()))

    def by_name(self) -> "TerritoryQuerySet":
        return self.order_by(name_in_reading_order(), "code")


class Territory(Named, Versioned):
    """A country (ISO 3166-1), a region of one (ISO 3166-2), or a municipality; a tree."""

    kind = models.CharField(_("kind"), max_length=12, choices=TerritoryKind.choices)
    code = models.CharField(
        _("ISO code"),
        max_length=20,
        unique=True,
        help_text=_(
            "ISO 3166: BY, BY-HO. For a municipality, that of its region and a short name."
        ),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("lies in"),
    )
    path = models.CharField(max_length=80, unique=True, editable=False)
    iso_kind = models.CharField(_("what ISO 3166-2 calls it"), max_length=60, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        validators=[must_be_a_time_zone],
        help_text=_(
            "Its IANA name, such as Asia/Kamchatka. Empty: that of the territory in which it lies."
        ),
    )
    kept_by_hand = models.BooleanField(
        _("names and point kept by hand"),
        default=False,
        editable=False,
        help_text="Loading the country again leaves the names and the point as they are.",
    )

    objects = TerritoryQuerySet.as_manager()
    get_kind_display = in_words("kind", TerritoryKind)

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=said_in_some_language("name"),
                name="territory_has_a_name",
                violation_error_message=_("Write the name in at least one of the languages."),
            ),
            models.CheckConstraint(
                condition=Q(kind=TerritoryKind.COUNTRY, parent=None)
                | (~Q(kind=TerritoryKind.COUNTRY) & Q(parent__isnull=False)),
                name="territory_only_countries_have_no_parent",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__isnull=False,
                    longitude__range=(-180, 180),
                ),
                name="territory_point_on_earth",
                violation_error_message=_(
                    "Write both the latitude (−90 to 90) and the longitude (−180 to 180), "
                    "or neither."
                ),
            ),
        ]

    def get_absolute_url(self) -> str:
        return address("territories:detail", self.pk)

    @property
    def country_code(self) -> str:
        """The ISO 3166-1 code of the country that it lies in."""
        return self.path.split("/", 1)[0]

    @property
    def depth(self) -> int:
        """How far below its country it lies; 0 for the country itself."""
        return self.path.count("/") - 1

    @property
    def codes_above(self) -> list[str]:
        """The codes of what it lies in, from the country down."""
        return self.path.split("/")[:-2]

    @property
    def clock(self) -> ZoneInfo:
        """Its time zone, or the nearest one above it; the register's own where none is known."""
        name = self.time_zone
        if not name and self.codes_above:
            above = Territory.objects.filter(code__in=self.codes_above).exclude(time_zone="")
            name = above.order_by("-path").values_list("time_zone", flat=True).first() or ""
        return ZoneInfo(name or settings.TIME_ZONE)

    def save(self, *args: object, **kwargs: object) -> None:
        self.path = f"{self.parent.path if self.parent else ''}{self.code}/"
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed through as they came
