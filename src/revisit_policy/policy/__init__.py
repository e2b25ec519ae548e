"""Policies: tables bound into one function, editions of them, and the decision they hand out.

A policy is a value. It decides, is changed into another by what it is not (``replacing``, ``adding``, ``without``), compared, signed and stored.

Which door: a ``RevisitPolicy`` of tables and ``Conventions`` decides one bank's loans; an ``Overlay`` is a change that can be laid over any of them;
a ``Rulebook`` knows which ``Edition`` holds for a case. Each answers with a ``Decision``, or in a batch with a ``Refusal`` where it cannot, and
with a ``Glance`` where nobody asks for more than the grade and the next visit. ``Replan``
tells what a new edition changed; ``Assessment``, ``VisitReader`` and ``VisitReading`` are what a decision is made from, for annotations only.
``canonical_text`` is what a digest is taken of. ``policy.check()`` is a
``PolicyCheck``: each ``UndatedObligation`` asks for a visit without telling since when. A ``Retention`` says how long what was recorded has to be kept.
"""

from revisit_policy.decision.assessment import Assessment, Reason
from revisit_policy.decision.assessments import Assessments
from revisit_policy.decision.batch import AssumingEach, PerCase, SuppliedEach
from revisit_policy.decision.decision import Decision
from revisit_policy.decision.glance import Glance
from revisit_policy.decision.refusal import Refusal
from revisit_policy.decision.replan import Change, Replan
from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.decision.visit_reader import VisitReader, VisitReading
from revisit_policy.policy.bound_table import BoundTable, Slot
from revisit_policy.policy.canonical import canonical_text
from revisit_policy.policy.edition import Edition
from revisit_policy.policy.overlay import Addition, Overlay, Place
from revisit_policy.policy.policy_check import PolicyCheck, UndatedObligation
from revisit_policy.policy.retention import KeptSince, Retention
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook

__all__ = [
    "Addition",
    "Assessment",
    "Assessments",
    "AssumingEach",
    "BoundTable",
    "Change",
    "Conventions",
    "Decision",
    "Edition",
    "Glance",
    "KeptSince",
    "Overlay",
    "PerCase",
    "Place",
    "PolicyCheck",
    "Reason",
    "Refusal",
    "Replan",
    "Retention",
    "RevisitPolicy",
    "Rulebook",
    "Slot",
    "SuppliedEach",
    "UndatedObligation",
    "VisitReader",
    "VisitReading",
    "canonical_text",
]
