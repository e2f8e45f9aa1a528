"""What may be done with transfers, and which roles carry it."""

from hatnhan.kernel.registries import permit

VIEW = permit("movements.view", "cell_secretary", "cell_deputy", "office", "inspector", "provincial")
OPEN = permit("movements.open", "cell_secretary", "office", "provincial")
ISSUE = permit("movements.issue", "office", "provincial")
RECEIVE = permit("movements.receive", "cell_secretary", "office", "provincial")
EXCHANGE = permit("movements.exchange", "office", "provincial")
GUESTS = permit("movements.guests", "cell_secretary", "cell_deputy", "office", "provincial")
INTRODUCE = permit("movements.introduce", "cell_secretary", "office", "provincial")
COMMENT = permit("movements.comment", "cell_secretary", "office", "provincial")
