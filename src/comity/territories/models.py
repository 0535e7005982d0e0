from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.lib.languages import Named, said_in_some_language


class TerritoryKind(models.TextChoices):
    COUNTRY = "country", _("country")
    REGION = "region", _("region")
    MUNICIPALITY = "municipality", _("municipality")


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def countries(self) -> "TerritoryQuerySet":
        return self.filter(kind=TerritoryKind.COUNTRY)

    def within(self, territory: "Territory") -> "TerritoryQuerySet":
        """The territory itself and everything below it in the tree."""
        return self.filter(path__startswith=territory.path)


class Territory(Named):
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
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=80, unique=True, editable=False)
    iso_kind = models.CharField(_("what ISO 3166-2 calls it"), max_length=60, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=said_in_some_language("name"), name="territory_has_a_name"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=TerritoryKind.COUNTRY, parent=None)
                | (~models.Q(kind=TerritoryKind.COUNTRY) & models.Q(parent__isnull=False)),
                name="territory_only_countries_have_no_parent",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="territory_point_on_earth",
            ),
        ]

    @property
    def country_code(self) -> str:
        """The ISO 3166-1 code of the country that it lies in."""
        return self.path.split("/", 1)[0]

    def save(self, *args: object, **kwargs: object) -> None:
        self.path = f"{self.parent.path if self.parent else ''}{self.code}/"
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed through as they came
