"""Who may see a record: everybody, the parties to it, or those who keep it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    PUBLIC = "public", _("public")
    PARTIES = "parties", _("the parties only")
    INTERNAL = "internal", _("internal")
