from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader
from comity.directory.memberships import acts_for_somebody
from comity.directory.models.organisation import Organisation
from comity.lib.languages import Named, Said, said, said_in_some_language
from comity.lib.versions import Versioned


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: Reader) -> "ContactQuerySet":
        """All for those who act for somebody; none for the public."""
        return self if acts_for_somebody(user) else self.none()

    def possible_counterparts(self, of: int | None, at: Organisation) -> "ContactQuerySet":
        """Contacts in other countries, and those that stand as the contact's counterparts."""
        here = models.Q(organisation__seat__path__startswith=f"{at.seat.country_code}/")
        standing = models.Q(counterparts=of) if of else models.Q(pk__in=[])
        return self.filter(~here | standing).exclude(pk=of or 0).distinct()


class Contact(Named, Versioned):
    """A person with a post at an organisation, who is somebody's counterpart across the border."""

    name_be = models.CharField(_("full name in Belarusian"), max_length=500, blank=True)
    name_ru = models.CharField(_("full name in Russian"), max_length=500, blank=True)
    name_en = models.CharField(_("full name in English"), max_length=500, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="contacts",
        verbose_name=_("organisation"),
    )
    post_be = models.CharField(_("post in Belarusian"), max_length=300, blank=True)
    post_ru = models.CharField(_("post in Russian"), max_length=300, blank=True)
    post_en = models.CharField(_("post in English"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    counterparts = models.ManyToManyField(
        "self", symmetrical=True, blank=True, verbose_name=_("counterparts across the border")
    )
    is_example = models.BooleanField(_("invented for the example"), default=False)

    history_parts = ("counterparts",)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=said_in_some_language("name"),
                name="contact_has_a_name",
                violation_error_message=_("Write the name in at least one of the languages."),
            )
        ]

    def get_absolute_url(self) -> str:
        """Where the contact is shown: with the organisation."""
        return self.organisation.get_absolute_url()

    @property
    def said_post(self) -> Said:
        return said(self, "post")
