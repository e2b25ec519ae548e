"""What the bank knows about one loan on one day, and the catalogue of facts that rules read from it.

A case file is complete in itself: what is left out is unknown, and unknown is carried through every rule instead of being guessed.

Which door: build a ``CaseFile`` of a ``Loan``, and of a ``BorrowerProfile``, ``Collateral``, ``MarketConditions``, ``Determination``, ``Visit``,
``Event`` and ``Action`` as far as they are known; ``Holding``, ``percent`` and the other ``CellUnit`` say how the cells of a row hold them. The facts
that rules are written with are entered as ``from revisit_policy import facts``.
"""

from revisit_policy.casefile.borrower import BorrowerProfile, CreditStanding, Employment
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.collateral import Collateral, PropertyType, RegistrationState, StallCause
from revisit_policy.casefile.event import Event
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.loan import Loan, Product, Repayment
from revisit_policy.casefile.market import MarketConditions
from revisit_policy.casefile.own.own_fact import own_fact
from revisit_policy.casefile.own.own_facts import OwnFacts
from revisit_policy.casefile.people.action import Action
from revisit_policy.casefile.people.determination import Determination
from revisit_policy.casefile.rows.cell_unit import CellUnit, CellUnits, basis_points, major_units, minor_units, parts, percent
from revisit_policy.casefile.visit import Visit

__all__ = [
    "Action",
    "BorrowerProfile",
    "CaseFile",
    "CellUnit",
    "CellUnits",
    "Collateral",
    "CreditStanding",
    "Determination",
    "Employment",
    "Event",
    "Holding",
    "Loan",
    "MarketConditions",
    "OwnFacts",
    "Product",
    "PropertyType",
    "RegistrationState",
    "Repayment",
    "StallCause",
    "Visit",
    "basis_points",
    "major_units",
    "minor_units",
    "own_fact",
    "parts",
    "percent",
]
