"""The tables of the ledger, a module a topic."""

from quarterdeck.ledger.models.account import Account, Authenticator, RecoveryCode, SignInAttempt
from quarterdeck.ledger.models.action import Action, Approval, Attempt, Receipt
from quarterdeck.ledger.models.audit import AuditEntry
from quarterdeck.ledger.models.draft import Draft, DraftPlan, DraftReopening, DraftRevision
from quarterdeck.ledger.models.facts import Fit, Load, Overrule
from quarterdeck.ledger.models.job import Job
from quarterdeck.ledger.models.plan import Plan, WorkLogLine
from quarterdeck.ledger.models.review import Correction, Lesson, ReviewRecord
from quarterdeck.ledger.models.revision import Revision
from quarterdeck.ledger.models.share import Share, ShareReply
from quarterdeck.ledger.models.workspace import Member, Workspace

__all__ = [
    "Account",
    "Action",
    "Approval",
    "Attempt",
    "AuditEntry",
    "Authenticator",
    "Correction",
    "Draft",
    "DraftPlan",
    "DraftReopening",
    "DraftRevision",
    "Fit",
    "Job",
    "Lesson",
    "Load",
    "Member",
    "Overrule",
    "Plan",
    "Receipt",
    "RecoveryCode",
    "ReviewRecord",
    "Revision",
    "Share",
    "ShareReply",
    "SignInAttempt",
    "WorkLogLine",
    "Workspace",
]
