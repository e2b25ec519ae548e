"""Measures: what a bank can do about a loan, how far it has come with it, and who in the bank does it."""

from __future__ import annotations

from typing import Final

from revisit_policy.values.labels import Labelled, to_member


class Measure(Labelled, zh="措施"):
    """What can be done about a loan, roughly from soft to hard; the order carries no meaning.

    What a measure needs and what it brings about stands in `MEASURE_NOTES`.
    """

    MONITOR = "monitor", "继续观察", "keep watching"
    VERIFY = "verify", "核实情况", "verify the facts"
    REMIND = "remind", "还款提醒", "remind of the payment"
    COLLECT = "collect", "催收", "collect the arrears"
    DEMAND_LETTER = "demand_letter", "发送催收函", "send a letter of demand"
    ADJUST_REPAYMENT = "adjust_repayment", "调整还款计划", "adjust the repayment plan"
    EXTEND_TERM = "extend_term", "延长期限（展期）", "extend the term"
    GRACE = "grace", "给予宽限期或只还利息", "grant a grace period or interest only"
    RESTRUCTURE = "restructure", "重组", "restructure"
    TELL_BEFORE_REPORTING = "tell_before_reporting", "报送不良信息前告知本人", "tell the borrower before a bad record is reported"
    ADD_GUARANTEE = "add_guarantee", "追加担保或置换押品", "ask for more or better security"
    REVALUE = "revalue", "押品重估", "revalue the collateral"
    COMPLETE_REGISTRATION = "complete_registration", "办理正式抵押登记", "complete the mortgage registration"
    DEMAND_RESTORATION = "demand_restoration", "要求停止侵害并恢复押品价值", "demand that harm stops and value is restored"
    RENEW_INSURANCE = "renew_insurance", "续保房屋保险", "have the insurance renewed"
    REVIEW_GRADE = "review_grade", "重新认定分类", "review the grade"
    STOP_DRAWING = "stop_drawing", "停止发放", "stop further drawing"
    HAND_OVER = "hand_over", "移交资产保全部门", "hand over to special assets"
    ACCELERATE = "accelerate", "宣布提前到期", "declare the whole loan due"
    RESCIND = "rescind", "解除借款合同", "rescind the loan contract"
    CALL_GUARANTEE = "call_guarantee", "要求保证人承担保证责任", "call on the guarantor"
    CLAIM_DEVELOPER = "claim_developer", "要求开发商承担责任", "claim against the developer"
    LODGE_CLAIM = "lodge_claim", "申报债权", "lodge the claim in the insolvency"
    LAWYER_LETTER = "lawyer_letter", "发送律师函", "send a lawyer's letter"
    PAYMENT_ORDER = "payment_order", "申请支付令", "apply for a payment order"
    LITIGATE = "litigate", "提起诉讼", "sue"
    REALISE_SECURITY = "realise_security", "申请实现担保物权", "apply to realise the security"
    NEGOTIATED_SALE = "negotiated_sale", "协议处置抵押物", "agree on a sale of the home"
    DEBT_ASSET_SWAP = "debt_asset_swap", "以物抵债", "take the home in place of the debt"
    WRITE_OFF = "write_off", "核销", "write off"
    BULK_TRANSFER = "bulk_transfer", "批量转让", "sell in bulk"

    @property
    def is_against_borrower(self) -> bool:
        """Whether the borrower bears it: such a measure never rests on anything undecided."""
        return self in _AGAINST_BORROWER

    @property
    def is_legal(self) -> bool:
        """Whether a right is enforced or its enforcement announced.

        It then needs arrears of more than 90 days, missed periods, or the clause stated as its precondition.
        """
        return self in _LEGAL


_LEGAL: Final = frozenset(
    {
        Measure.ACCELERATE, Measure.RESCIND, Measure.CALL_GUARANTEE, Measure.LAWYER_LETTER, Measure.PAYMENT_ORDER, Measure.LITIGATE, Measure.REALISE_SECURITY,
    },
)
_AGAINST_BORROWER: Final = _LEGAL | {
    Measure.COLLECT,
    Measure.DEMAND_LETTER,
    Measure.ADD_GUARANTEE,
    Measure.DEMAND_RESTORATION,
    Measure.STOP_DRAWING,
    Measure.NEGOTIATED_SALE,
    Measure.DEBT_ASSET_SWAP,
    Measure.BULK_TRANSFER,
}


def to_measure(value: Labelled | str) -> Labelled:
    """The measure itself, of whichever enumeration, or the one of ours with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return to_member(value, usual=Measure, kind=Labelled)


class ActionState(Labelled, zh="措施状态"):
    """How far a measure has come. What is proposed, approved or begun is in hand; the others have ended."""

    PROPOSED = "proposed", "已提出", "proposed"
    APPROVED = "approved", "已批准", "approved"
    BEGUN = "begun", "已开始", "begun"
    DONE = "done", "已完成", "done"
    REFUSED = "refused", "未获同意", "refused"
    FAILED = "failed", "未达目的", "failed"

    @property
    def is_in_hand(self) -> bool:
        """Whether somebody is at it, so that nobody else need be told to begin."""
        return self in _IN_HAND

    @property
    def stage(self) -> int:
        """How far along the life of a measure it is: 0 to 2 for what is in hand, 3 for whatever ends it."""
        return _IN_HAND.index(self) if self in _IN_HAND else len(_IN_HAND)


_IN_HAND: Final = (ActionState.PROPOSED, ActionState.APPROVED, ActionState.BEGUN)


def to_action_state(value: ActionState | str) -> ActionState:
    """The state itself, or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return ActionState.parse(value)


class OwnerRole(Labelled, zh="责任岗位"):
    """Who in the bank carries a measure out: a role, never a person."""

    ACCOUNT_MANAGER = "account_manager", "客户经理", "account manager"
    COLLECTION_CENTRE = "collection_centre", "集中催收中心", "collection centre"
    COLLATERAL_OFFICER = "collateral_officer", "押品管理岗", "collateral officer"
    RISK_OFFICER = "risk_officer", "风险管理岗", "risk officer"
    APPROVER = "approver", "有权审批人", "approver"
    SPECIAL_ASSETS = "special_assets", "资产保全部门", "special assets department"
    LEGAL_COUNSEL = "legal_counsel", "法律事务部门", "legal department"


def to_owner_role(value: Labelled | str) -> Labelled:
    """The role itself, of whichever enumeration, or the one of ours with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return to_member(value, usual=OwnerRole, kind=Labelled)
