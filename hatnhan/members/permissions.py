"""What may be done with members, and which roles carry it."""

from hatnhan.kernel.registries import permit

# Three tiers of what is known of a person (`tiers`); the fourth is `NUMBERS`.
VIEW = permit("members.view", "cell_secretary", "cell_deputy", "office", "inspector", "provincial")
CORE = permit("members.core", "cell_secretary", "cell_deputy", "office", "inspector", "provincial")
CONTACT = permit("members.contact", "cell_secretary", "cell_deputy", "office", "provincial")
RECEIVE = permit("members.receive", "cell_secretary", "office", "provincial")
CHANGE = permit("members.change", "cell_secretary", "office", "provincial")
NUMBERS = permit("members.numbers", "cell_secretary", "office", "provincial")
LOOKS = permit("members.looks", "office", "provincial")
TRANSFER = permit("members.transfer", "office", "provincial")
LEAVE = permit("members.leave", "office", "provincial")
APPOINT = permit("members.appoint", "office", "provincial")
MERGE = permit("members.merge", "office", "provincial")
IMPORT = permit("members.import", "office", "provincial")
EXPORT = permit("members.export", "cell_secretary", "office", "provincial")
APPROVE_EXPORT = permit("members.approve_export", "office", "provincial")
FIGURES = permit("members.figures", "cell_secretary", "cell_deputy", "office", "inspector", "provincial")
ANSWER = permit("members.answer", "office", "provincial")
ACCOUNT = permit("members.account", "office", "provincial")
QUALITY = permit("members.quality", "cell_secretary", "cell_deputy", "office", "provincial")
