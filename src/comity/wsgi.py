import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.settings")

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  # loads every view now rather than for the first reader

# What was loaded by now stays for good: the collector of garbage need not go through it again,
# which would hold up a page by a tenth of a second now and then. What a page makes and leaves is
# seldom in rings, so it need not look after every 700 objects either.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
