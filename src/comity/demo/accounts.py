"""The people of the example. Their password is “example”, and the example says so."""

from dataclasses import dataclass

from comity.accounts.actions import create_account, grant_whole_role
from comity.accounts.models import Role
from comity.audit.actions import Installation
from comity.directory.actions import create_contact
from comity.directory.actions.contacts import ContactFields
from comity.directory.actions.memberships import grant_membership
from comity.directory.models import Organisation

PASSWORD = "example"  # noqa: S105  # the example keeps no secrets


@dataclass(frozen=True, slots=True)
class ExampleAccount:
    email: str
    name: str
    language: str
    role: str
    organisation: str
    told: str


ACCOUNTS = [
    ExampleAccount(
        "coordinator@example.org", "A. Coordinator", "ru", Role.COORDINATOR, "",
        "coordinator of the whole register",
    ),
    ExampleAccount(
        "administrator@example.org", "B. Administrator", "en", Role.ADMINISTRATOR, "",
        "administrator of the whole register",
    ),
    ExampleAccount(
        "observer@example.org", "C. Observer", "en", Role.OBSERVER, "",
        "observer of the whole register",
    ),
    ExampleAccount(
        "gomel@example.org", "Г. Каардынатар", "be", Role.COORDINATOR, "by-ho-executive-committee",
        "coordinator in the Gomel Region Executive Committee",
    ),
    ExampleAccount(
        "bryansk@example.org", "Б. Наблюдатель", "ru", Role.OBSERVER, "ru-bry-government",
        "observer in the Government of Bryansk Oblast",
    ),
    ExampleAccount(
        "reporter@example.org", "В. Справаздачнік", "be", Role.REPORTER, "by-minprirody",
        "reports for the Ministry of Natural Resources of Belarus",
    ),
    ExampleAccount(
        "reporter-bryansk@example.org", "Д. Исполнитель", "ru", Role.REPORTER, "ru-bry-hydromet",
        "reports for the Bryansk hydrometeorological centre",
    ),
    ExampleAccount(
        "verifier@example.org", "Е. Проверяющий", "ru", Role.VERIFIER, "ru-bry-government",
        "verifies for the Government of Bryansk Oblast",
    ),
    ExampleAccount(
        "coordinator-minsk@example.org", "І. Каардынатар", "be", Role.COORDINATOR, "by-government",
        "coordinator in the Government of Belarus",
    ),
    ExampleAccount(
        "coordinator-bryansk@example.org", "Ж. Координатор", "ru", Role.COORDINATOR,
        "ru-bry-government", "coordinator in the Government of Bryansk Oblast",
    ),
    ExampleAccount(
        "auditor@example.org", "F. Auditor", "en", Role.AUDITOR, "",
        "auditor of the whole register: reads everything, changes nothing",
    ),
]  # fmt: skip


def make_accounts(organisations: dict[str, Organisation]) -> None:
    """Makes the accounts with their roles in the whole or in an organisation."""
    by = Installation()
    for account in ACCOUNTS:
        user = create_account(
            email=account.email,
            name=account.name,
            password=PASSWORD,
            language=account.language,
            is_staff=account.role == Role.ADMINISTRATOR,
            by=by,
        )
        if account.organisation:
            organisation = organisations[account.organisation]
            grant_membership(user=user, organisation=organisation, role=account.role, by=by)
        else:
            grant_whole_role(user=user, role=account.role, by=by)


#: Invented people of bodies that nobody has an account for: they are reminded by one-time links.
CONTACTS: dict[str, ContactFields] = {
    "by-vi-executive-committee": {
        "name_be": "Кантактная асоба (прыклад)",
        "name_ru": "Контактное лицо (пример)",
        "name_en": "Contact (example)",
        "email": "vitebsk@example.org",
        "is_example": True,
    },
    "ru-psk-economy": {
        "name_be": "Кантактная асоба (прыклад)",
        "name_ru": "Контактное лицо (пример)",
        "name_en": "Contact (example)",
        "email": "pskov@example.org",
        "is_example": True,
    },
}


def make_contacts(organisations: dict[str, Organisation]) -> None:
    for key, fields in CONTACTS.items():
        create_contact(organisation=organisations[key], by=Installation(), **fields)
