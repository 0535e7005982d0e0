"""The index follows every write in the same transaction."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from comity.audit.actions import Installation, Trail, snapshot
from comity.directory.actions import (
    OtherName,
    change_organisation,
    create_organisation,
    merge_organisations,
)
from comity.intake.actions import undo_import
from comity.programmes.actions import (
    add_measures,
    change_programme,
    create_programme,
    name_section_fields,
    remove_measure,
    remove_programme,
)
from comity.programmes.rows import NewBody, NewMeasure
from comity.search.models import Entry, Kind, Term, entry_id
from comity.search.queries import Filters, search
from comity.territories.actions import change_territory, load_country
from comity.territories.models import Territory
from comity.upkeep.backup import backed_up_models, read_backup, write_backup
from tests.factories import a_coordinator, a_measure, a_programme, a_region, an_agreement
from tests.intake.documents import a_draft, committed, fresh
from tests.intake.test_new_version import OLD
from tests.programmes.rows import change_measure

pytestmark = pytest.mark.django_db
BY = Installation()


def titles(words: str, **filters: object) -> list[str]:
    return [hit.name.text for hit in search(BY, words, Filters(**filters)).met]


def rows(*titles_: str) -> list[NewMeasure]:
    return [NewMeasure(titles={"en": title}, section="Dairy") for title in titles_]


def recorded(verb: str, record: object, before: dict[str, object] | None = None) -> None:
    with transaction.atomic():
        trail = Trail(verb, BY)
        if before is None:
            trail.created(record)
        else:
            trail.changed(record, before)
        trail.record()


def test_new_measures_are_found_with_their_programme() -> None:
    programme = create_programme(by=BY, title_en="Flax plan", language="en")
    add_measures(programme=programme, rows=rows("Flax sowing", "Flax harvest"), by=BY)
    assert titles("flax") == ["Flax plan", "Flax harvest", "Flax sowing"]
    assert titles("dairy") == ["Flax plan", "Flax harvest", "Flax sowing"]


def test_a_changed_measure_is_found_by_what_it_says_now() -> None:
    measure = a_measure(title_en="Flax")
    change_measure(
        measure=measure,
        new=NewMeasure(titles={"en": "Linen"}, bodies=(NewBody("Mill of Orsha"),)),
        expected_version=1,
        by=BY,
    )
    assert (titles("sowing"), titles("linen orsha")) == ([], ["Linen"])


def test_a_removed_record_leaves_no_trace() -> None:
    programme = create_programme(by=BY, title_en="Flax plan", language="en")
    (measure,) = add_measures(programme=programme, rows=rows("Flax"), by=BY)
    remove_measure(measure=measure, by=BY, reason="twice")
    assert titles("flax") == ["Flax plan"]
    remove_programme(programme=programme, by=BY, reason="empty")
    assert titles("flax") == []
    assert Entry.objects.count() == 0


def test_a_write_that_is_rolled_back_is_not_found() -> None:
    programme = create_programme(by=BY, title_en="Plan", language="en")
    with transaction.atomic():
        add_measures(programme=programme, rows=rows("Flax"), by=BY)
        assert titles("flax") == ["Flax"]
        transaction.set_rollback(True)
    assert titles("flax") == []
    assert Entry.objects.count() == 1
    assert not Term.objects.filter(text="flax").exists()


def test_hundreds_of_measures_take_as_many_queries_as_one() -> None:
    programme = create_programme(by=BY, title_en="Plan", language="en")
    counted = []
    for number in (1, 300):
        with transaction.atomic():
            made = add_measures(
                programme=programme, rows=rows(*(f"Flax {i}" for i in range(number))), by=BY
            )
            trail = Trail("measure.touched", BY)
            trail.created(*made)
            counter = Counter()
            with connection.execute_wrapper(counter):
                trail.record()
            counted.append(counter.indexing)
    assert counted[0] == counted[1] == 5


class Counter:
    """Counts the statements that read records or write the index."""

    def __init__(self) -> None:
        self.indexing = 0

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        self.indexing += "audit_" not in sql
        return execute(sql, *rest)


def test_a_new_field_of_a_section_goes_over_to_its_measures() -> None:
    programme = create_programme(by=BY, title_en="Plan", language="en")
    add_measures(programme=programme, rows=rows("Flax"), by=BY)
    section = programme.sections.get()
    name_section_fields(programme=programme, fields={section.pk: "transport"}, by=BY)
    assert titles("flax", field="transport") == ["Flax"]


def test_other_sides_and_another_period_go_over_to_the_measures() -> None:
    homiel, moscow = a_region("BY-HO"), a_region("RU-MOW")
    programme = create_programme(by=BY, sides=[homiel], title_en="Plan", language="en")
    add_measures(programme=programme, rows=rows("Flax"), by=BY)
    assert titles("flax", territory=homiel) == ["Flax"]
    change_programme(
        programme=programme, expected_version=1, by=BY, sides=[moscow],
        start="2020-01-01", end="2021-12-31",
    )  # fmt: skip
    assert titles("flax", territory=homiel) == []
    assert titles("flax", territory=moscow) == titles("flax", year=2021) == ["Flax"]


def test_an_organisation_is_found_by_its_new_names_and_so_are_its_agreements() -> None:
    seat = a_region("BY-HO")
    mill = create_organisation(by=BY, name_en="Mill", kind="enterprise", seat=seat)
    agreement = an_agreement(mill, title_en="Cloth")
    recorded("agreement.created", agreement)
    change_organisation(
        organisation=mill,
        expected_version=1,
        by=BY,
        name_en="Weavers",
        aliases=[OtherName("Ткачи")],
    )
    assert titles("mill") == []
    assert titles("weavers") == ["Weavers", "Cloth"]
    assert titles("ткач") == ["Weavers"]
    change_organisation(organisation=mill, expected_version=2, by=BY, aliases=[])
    assert titles("ткач") == []


def test_of_merged_organisations_the_kept_one_is_found_by_both_names() -> None:
    seat = a_region("BY-HO")
    kept, merged = (
        create_organisation(by=BY, name_en=name, kind="enterprise", seat=seat)
        for name in ("Weavers", "Mill")
    )
    agreement = an_agreement(merged, title_en="Cloth")
    recorded("agreement.created", agreement)
    merge_organisations(kept=kept, merged=merged, by=BY, reason="the same")
    assert titles("mill") == ["Weavers"]
    assert titles("weavers") == ["Weavers", "Cloth"]
    assert not Entry.objects.filter(pk=entry_id(Kind.ORGANISATION, merged.pk)).exists()


def test_parts_of_an_agreement_lead_to_it() -> None:
    agreement = an_agreement(title_en="Cloth")
    recorded("agreement.created", agreement)
    field = agreement.cooperation_fields.create(field="trade")
    recorded("agreement.field_added", field)
    assert titles("cloth", field="trade") == ["Cloth"]
    before = snapshot(field)
    field.field = "culture"
    field.save()
    recorded("agreement.field_changed", field, before)
    assert titles("cloth", field="trade") == []
    assert titles("cloth", field="culture") == ["Cloth"]


def test_a_territory_is_found_by_its_new_name_and_so_is_what_names_it() -> None:
    load_country(code="BY", by=BY)
    region = Territory.objects.get(code="BY-HO")
    create_organisation(by=BY, name_en="Mill", kind="enterprise", seat=region)
    programme = create_programme(by=BY, title_en="Plan", language="en", sides=[region])
    add_measures(programme=programme, rows=rows("Flax"), by=BY)
    change_territory(
        territory=region,
        names={"name_be": "", "name_ru": "", "name_en": "Newland"},
        point=None,
        expected_version=region.version,
        by=BY,
    )
    assert titles("newland") == ["Newland", "Mill", "Plan"]


def test_what_lies_in_a_territory_that_moved_is_found_where_it_lies_now() -> None:
    old, new = a_region("BY-HO"), a_region("BY-MI")
    town = a_region("BY-HO-X", kind="municipality", parent=old)
    create_organisation(by=BY, name_en="Mill", kind="enterprise", seat=town)
    programme = create_programme(by=BY, title_en="Plan", language="en", sides=[town])
    add_measures(programme=programme, rows=rows("Flax"), by=BY)
    recorded("territory.created", town)
    before = snapshot(town)
    town.parent = new
    town.save()
    recorded("territory.moved", town, before)
    assert titles("mill", territory=old) == titles("flax", territory=old) == []
    assert titles("mill", territory=new) == ["Mill"]
    assert titles("flax", territory=new) == ["Flax"]


def test_a_programme_of_no_event_is_not_found_yet() -> None:
    a_programme(title_en="Flax")
    assert titles("flax") == []


def test_a_document_is_found_once_taken_in_and_no_more_once_taken_back(tmp_path: Path) -> None:
    draft = a_draft(tmp_path, OLD)
    assert titles("тракторов", kinds=(Kind.MEASURE,)) == []
    programme = committed(draft)
    measures = sorted(measure.title for measure in programme.measures.all())
    found = {title for title in measures if titles(title, kinds=(Kind.MEASURE,))[:1] == [title]}
    assert sorted(found) == measures
    document = fresh(draft)
    undo_import(
        document=document, reason="Ошибка", expected_version=document.version, by=a_coordinator()
    )
    kinds = set(map(Kind, {entry.kind for entry in Entry.objects.all()}))
    assert kinds <= {Kind.TERRITORY, Kind.ORGANISATION}
    assert [titles(title, kinds=(Kind.MEASURE,)) for title in measures] == [[]] * len(measures)


def test_a_restored_register_is_found_as_it_was_backed_up(tmp_path: Path) -> None:
    programme = create_programme(by=BY, title_en="Flax plan", language="en")
    add_measures(programme=programme, rows=rows("Flax sowing"), by=BY)
    before = titles("flax")
    write_backup(tmp_path / "backup.tar.gz")
    with transaction.atomic():
        for model in reversed(backed_up_models()):
            model._base_manager.all()._raw_delete(connection.alias)
    assert titles("flax") == []
    read_backup(tmp_path / "backup.tar.gz")
    assert titles("flax") == before == ["Flax plan", "Flax sowing"]
