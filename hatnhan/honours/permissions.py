"""Who sees badges and honours, who declares, adopts, proposes, decides, hands over, and keeps what makes them wait."""

from hatnhan.kernel.registries import permit

VIEW = permit("honours.view", "cell_secretary", "cell_deputy", "office", "provincial")
CELL = permit("honours.cell", "cell_secretary", "cell_deputy", "office")
ADOPT = permit("honours.adopt", "office", "provincial")
PROPOSE = permit("honours.propose", "office", "provincial")
DECIDE = permit("honours.decide", "provincial")
AWARD = permit("honours.award", "office", "provincial")
HOLD = permit("honours.hold", "inspector", "provincial")
FIGURES = permit("honours.figures", "cell_secretary", "cell_deputy", "office", "inspector", "provincial")
VETERANS = permit("honours.veterans", "provincial")
REST = permit("honours.rest", "office", "provincial")
COMMEND = permit("honours.commend", "cell_secretary", "office", "provincial")
DECIDE_COMMENDATION = permit("honours.decide_commendation", "office", "provincial")
