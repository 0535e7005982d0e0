from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "comity.programmes"
    label = "programmes"

    def ready(self) -> None:
        from django.db.models import OuterRef  # noqa: PLC0415

        from comity.accounts.backends import ask_along  # noqa: PLC0415  # models are loaded by now
        from comity.accounts.belongings import duties, finders  # noqa: PLC0415
        from comity.accounts.scopes import SCOPES  # noqa: PLC0415
        from comity.lib.subqueries import RowsOf  # noqa: PLC0415
        from comity.programmes.belongings import (  # noqa: PLC0415
            awaited_consents,
            proposed_changes,
        )
        from comity.programmes.grants import GRANTS  # noqa: PLC0415
        from comity.programmes.models import ProgrammeGrant  # noqa: PLC0415
        from comity.programmes.scopes import WithinProgramme  # noqa: PLC0415

        of_person = ProgrammeGrant.objects.filter(user=OuterRef("pk"))
        ask_along(GRANTS, RowsOf(of_person, "programme_id", "role"))
        SCOPES[WithinProgramme.kind] = WithinProgramme
        finders.append(proposed_changes)
        duties.append(awaited_consents)
