"""What this module gives to the registries of the modules below it."""

from hatnhan.duties.kinds import duty_kind
from hatnhan.kernel.registries import participant
from hatnhan.kernel.spoken import leads

from .cases import agenda
from .models import AdmissionCase
from .owed import KINDS
from .participant import Admissions

leads(AdmissionCase._meta.label_lower, "admissions.case")
participant(Admissions())
duty_kind(*KINDS)
agenda.register()
