"""How every form of Comity looks: one field template, Pico's native elements."""

from collections.abc import Iterator
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.html import escape
from django.utils.safestring import SafeString


class Renderer(TemplatesSetting):
    """Django's own, but for lists of choices: with hundreds, a template for each is slow."""

    form_template_name = "web/components/form.html"
    field_template_name = "web/components/field.html"

    def render(self, template_name: str, context: Any, request: Any = None) -> SafeString:
        if template_name == "django/forms/widgets/select.html":
            return SafeString("".join(_select(context["widget"])))  # all of it escaped below
        return SafeString(super().render(template_name, context, request))


def _select(widget: dict[str, Any]) -> Iterator[str]:
    """What Django's template of the same name writes."""
    yield f'<select name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>'
    for group, options, _index in widget["optgroups"]:
        if group:
            yield f'<optgroup label="{escape(group)}">'
        for option in options:
            value, attributes = escape(option["value"]), _attributes(option["attrs"])
            yield f'<option value="{value}"{attributes}>{escape(option["label"])}</option>'
        if group:
            yield "</optgroup>"
    yield "</select>"


def _attributes(attributes: dict[str, Any]) -> str:
    told = []
    for name, value in attributes.items():
        if value is True:
            told.append(f" {name}")
        elif value is not False:
            told.append(f' {name}="{escape(value)}"')
    return "".join(told)
