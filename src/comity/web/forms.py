"""How every form of Comity looks: one field template, Pico's native elements."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    form_template_name = "web/components/form.html"
    field_template_name = "web/components/field.html"
