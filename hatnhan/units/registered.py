"""What this module gives to the kernel's registries."""

from hatnhan.kernel.registries import participant

from .participant import Parts

participant(Parts())
