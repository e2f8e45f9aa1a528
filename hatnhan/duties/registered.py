"""What this module gives to the registries of the modules below it, and its own kinds of duties."""

from hatnhan.kernel.registries import Slot, participant, slot
from hatnhan.kernel.spoken import leads
from hatnhan.units.slots import OPEN

from . import at_units
from .campaigns.described import CAMPAIGN_STEP
from .kinds import duty_kind
from .models import Campaign
from .obligations.described import OBLIGATION
from .participant import Duties
from .permissions import VIEW

participant(Duties())
duty_kind(OBLIGATION, CAMPAIGN_STEP)
slot(Slot(OPEN, "duties", at_units.unfinished, VIEW))
leads(Campaign._meta.label_lower, "duties.campaign")
