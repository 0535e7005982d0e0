from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "comity.directory"
    label = "directory"

    def ready(self) -> None:
        from comity.accounts.scopes import SCOPES  # noqa: PLC0415  # models are loaded by now
        from comity.directory.scopes import WithinOrganisation  # noqa: PLC0415

        SCOPES[WithinOrganisation.kind] = WithinOrganisation
