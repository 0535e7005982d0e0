import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.settings")

application = get_wsgi_application()

# What was loaded by now stays for good: the collector of garbage need not go through it again,
# which would hold up a page by a tenth of a second now and then.
gc.collect()
gc.freeze()
