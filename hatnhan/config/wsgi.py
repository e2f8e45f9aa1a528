"""What Granian serves."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hatnhan.config.settings")
# Threads of one process take turns. Five milliseconds, which is Python's own choice, would let every small answer (a
# phone's question, a vote) wait for whole pages that others are being drawn.
sys.setswitchinterval(0.0005)
application = get_wsgi_application()
