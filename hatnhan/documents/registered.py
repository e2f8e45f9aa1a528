"""What this module gives to the registries of the modules below it."""

from hatnhan.kernel.registries import looks

looks("documents.export")
