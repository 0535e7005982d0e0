from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class DirectoryConfig(AppConfig):
    name = "comity.directory"
    label = "directory"

    def ready(self) -> None:
        from django.db.models import Exists, OuterRef  # noqa: PLC0415

        from comity.accounts.backends import ask_along  # noqa: PLC0415  # models must be there
        from comity.accounts.scopes import SCOPES  # noqa: PLC0415
        from comity.directory.clock import note_time_zone  # noqa: PLC0415
        from comity.directory.memberships import HAS_MEMBERSHIPS  # noqa: PLC0415
        from comity.directory.models import Membership  # noqa: PLC0415
        from comity.directory.scopes import WithinOrganisation  # noqa: PLC0415

        ask_along(HAS_MEMBERSHIPS, Exists(Membership.objects.filter(user=OuterRef("pk"))))
        SCOPES[WithinOrganisation.kind] = WithinOrganisation
        user_logged_in.connect(note_time_zone, dispatch_uid="directory.time_zone")
