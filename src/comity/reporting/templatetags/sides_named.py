from django import template

from comity.reporting.sides import name_of_side

register = template.Library()
register.filter("side_named", name_of_side)
