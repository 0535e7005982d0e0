from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "comity.agreements"
    label = "agreements"

    def ready(self) -> None:
        from comity.agreements.following import follow_seats  # noqa: PLC0415  # models are loaded
        from comity.audit.actions import recorded  # noqa: PLC0415

        recorded.connect(follow_seats, dispatch_uid="comity.agreements.seats")
