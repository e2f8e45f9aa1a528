"""Who sees which dues. What one member pays tells what the member earns: it is seen by the payer and by those who
collect in the own cell. Everybody above sees sums."""

from hatnhan.kernel.registries import permit

COLLECT = permit("dues.collect", "cell_secretary", "cell_deputy")
# To read receipts without collecting: for keys of programs.
RECEIPTS = permit("dues.receipts", "cell_secretary", "cell_deputy")
# The book of a unit: sums of its months, what it keeps, what it hands up.
VIEW = permit("dues.view", "cell_secretary", "cell_deputy", "office", "inspector", "provincial")
CLOSE = permit("dues.close", "cell_secretary", "office", "provincial")
SPEND = permit("dues.spend", "cell_secretary", "office", "provincial")
ACKNOWLEDGE = permit("dues.acknowledge", "office", "provincial")
MATCH = permit("dues.match", "cell_secretary", "cell_deputy", "office")
