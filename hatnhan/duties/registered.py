"""What this module gives to the registries of the modules below it, and its own kinds of duties."""

from hatnhan.kernel.registries import participant
from hatnhan.kernel.spoken import leads

from .campaigns.described import CAMPAIGN_STEP
from .kinds import duty_kind
from .models import Campaign
from .obligations.described import OBLIGATION
from .participant import Duties

participant(Duties())
duty_kind(OBLIGATION, CAMPAIGN_STEP)
leads(Campaign._meta.label_lower, "duties.campaign")
