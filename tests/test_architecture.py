"""The house: foreign keys point down, and every room is listed."""

import tomllib
from pathlib import Path

from django.apps import apps
from django.db import models

PROJECT = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())


def rooms_from_top() -> list[set[str]]:
    contract = PROJECT["tool"]["importlinter"]["contracts"][0]
    return [{room.strip() for room in line.split("|")} for line in contract["layers"]]


def height(room: str) -> int:
    lines = rooms_from_top()
    return len(lines) - next(i for i, line in enumerate(lines) if room in line)


def test_foreign_keys_never_point_to_a_higher_room() -> None:
    upward = []
    for model in apps.get_models():
        if not model.__module__.startswith("comity."):
            continue
        room = model.__module__.split(".")[1]
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField):
                continue
            target = field.related_model
            if target is model or not target.__module__.startswith("comity."):
                continue
            other = target.__module__.split(".")[1]
            if other != room and height(other) >= height(room):
                upward.append(f"{model.__name__}.{field.name} → {target.__name__}")
    assert upward == []


def test_every_room_is_listed_and_installed() -> None:
    package = Path(__file__).parent.parent / "src/comity"
    folders = {p.parent.name for p in package.glob("*/__init__.py")} - {"locale"}
    listed = set().union(*rooms_from_top())
    assert folders <= listed
    with_models = {p.parent.parent.name for p in package.glob("*/migrations/__init__.py")}
    assert with_models <= {config.label for config in apps.get_app_configs()}
