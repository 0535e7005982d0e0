from django import template

from comity.reporting.models import Outcome
from comity.reporting.shown import Said
from comity.reporting.targets import Target

register = template.Library()


@register.filter
def is_below(said: Said, target: Target) -> bool:
    """Whether it is called done, wholly or in part, with less than was promised."""
    return said.outcome in (Outcome.DONE, Outcome.IN_PART) and target.is_missed_by(said.figure)
