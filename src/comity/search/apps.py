from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "comity.search"
    label = "search"

    def ready(self) -> None:
        from comity.audit.actions import recorded  # noqa: PLC0415  # models are loaded by now
        from comity.search.indexing import follow  # noqa: PLC0415

        recorded.connect(follow, dispatch_uid="comity.search")
