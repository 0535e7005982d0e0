"""The fields in which regions cooperate."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FieldOfCooperation(models.TextChoices):
    TRADE = "trade", _("trade")
    INDUSTRY = "industry", _("industry")
    AGRICULTURE = "agriculture", _("agriculture")
    SCIENCE = "science", _("science and technology")
    INFORMATION = "information", _("information technology")
    EDUCATION = "education", _("education")
    HEALTH = "health", _("health")
    CULTURE = "culture", _("culture")
    YOUTH_SPORT = "youth_sport", _("youth and sport")
    SOCIAL = "social", _("social protection")
    TRANSPORT = "transport", _("transport")
    TOURISM = "tourism", _("tourism")
    ENVIRONMENT = "environment", _("environment")
    OTHER = "other", _("other")
