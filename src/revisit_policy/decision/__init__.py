"""Decisions: what is handed out of the tables of a policy for one case on one day, and how it is told.

What decides lies below what is signed: a `PolicyReader` is made of tables and figures, and knows neither editions nor digests.

Which door: a policy or a rulebook answers with a ``Decision``, or in a batch with a ``Refusal`` where it cannot, or at a ``Glance`` where nobody
asks for more than the grade and the next visit, and asks its ``Conventions`` for figures; ``Replan`` tells what a new edition changed.
``Assessment``, ``PolicyReader``, ``Question``, ``VisitReader`` and the rest are what a decision is made from, for annotations only. Most names
are offered by `revisit_policy.policy` too.
"""

from revisit_policy.decision.assessment import Assessment, Reason
from revisit_policy.decision.batch import AssumingEach, PerCase, SuppliedEach
from revisit_policy.decision.beginnings.saying import Saying, Sayings
from revisit_policy.decision.decision import Decision
from revisit_policy.decision.due import Due, DueReader, Handed, Reasoned
from revisit_policy.decision.glance import Glance
from revisit_policy.decision.grading.upgrade import Upgrade
from revisit_policy.decision.policy_reader import Identity, PolicyReader
from revisit_policy.decision.question import Question
from revisit_policy.decision.refusal import Refusal
from revisit_policy.decision.replan import Change, Replan
from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.decision.visit_reader import VisitReader, VisitReading

__all__ = [
    "Assessment",
    "AssumingEach",
    "Change",
    "Conventions",
    "Decision",
    "Due",
    "DueReader",
    "Glance",
    "Handed",
    "Identity",
    "PerCase",
    "PolicyReader",
    "Question",
    "Reason",
    "Reasoned",
    "Refusal",
    "Replan",
    "Saying",
    "Sayings",
    "SuppliedEach",
    "Upgrade",
    "VisitReader",
    "VisitReading",
]
