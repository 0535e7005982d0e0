"""What sides are called, and in which language they are written to."""

import pytest
from django.utils import translation

from comity.programmes.models import ProgrammeSide
from comity.reporting.sides import language_of_side, name_of_side
from tests.factories import a_programme, a_region, an_agreement
from tests.reporting.pages import page, signed_in, words
from tests.reporting.world import two_sides

pytestmark = pytest.mark.django_db


def test_a_side_is_called_by_its_territories_or_its_country() -> None:
    minsk = a_region("BY-HM", name_ru="Минск")
    programme = a_programme(an_agreement(a_region("BY-HO"), minsk, a_region("RU-BRY")))
    with translation.override("ru"):
        assert name_of_side(programme, "RU") == "Region RU-BRY"
        assert name_of_side(programme, "BY") == "Region BY-HO, Минск"
        ProgrammeSide.objects.create(programme=programme, territory=a_region("BY-BR"))
        assert name_of_side(programme, "BY") == "Беларусь"
        assert name_of_side(programme, "KZ") == "Казахстан"
    with translation.override("en"):
        assert name_of_side(programme, "BY") == "Belarus"


def test_a_side_is_written_to_in_a_language_that_it_reads() -> None:
    programme = a_programme(language="be")
    read = {side: language_of_side(programme, side) for side in ("BY", "RU", "KZ", "")}
    assert read == {"BY": "be", "RU": "ru", "KZ": "be", "": "be"}


def test_pages_of_reports_name_the_side() -> None:
    world = two_sides()
    client = signed_in(world.reporters["BY"])
    assert "Report for Region BY-HO" in words(page(client, "occurrence", world.occurrence.pk))
    assert "Tell news for Region BY-HO" in words(page(client, "of_measure", world.measure.pk))
    assert "Report of Region BY-HO" in words(page(client, "report", world.draft("BY").pk))
