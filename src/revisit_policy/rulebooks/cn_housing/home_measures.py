"""Home measures: what is done where the mortgage, the home or its value is in danger.

A fall of the market gives nobody a right to more security. A contract may; then it is asked for only of a borrower who is late or cannot
bear the debts, and only where the value is known to have fallen since the grant, which is what such a clause speaks of.
"""

from __future__ import annotations

from revisit_policy.casefile import facts
from revisit_policy.casefile.collateral import StallCause
from revisit_policy.language.fact import Fact
from revisit_policy.language.rule import Rule
from revisit_policy.outcomes.grade import Grade
from revisit_policy.outcomes.measure import Measure
from revisit_policy.outcomes.signal import Level, SignalCode
from revisit_policy.rulebooks.cn_housing import arrears
from revisit_policy.rulebooks.cn_housing.measure_rule import not_fresh, recommend
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import EVENTS, STALLED_PROJECTS, civil_code, collateral_2017, house_sales
from revisit_policy.rulebooks.cn_housing.signals import raised
from revisit_policy.rulebooks.cn_housing.sources import PROPOSAL
from revisit_policy.values.labels import Label
from revisit_policy.values.ratio import percent_label


def rules(p: Parameters, *, signals: Fact, grade: Fact) -> tuple[Rule, ...]:
    """All of them."""
    return (*_value(p, signals), *_title(signals, grade), *_building(signals))


def _value(p: Parameters, signals: Fact) -> tuple[Rule, ...]:
    code, months = SignalCode, p.fresh_valuation_months
    decline, damaged = signals.includes(*raised(code.COLLATERAL_DECLINE)), signals.includes(*raised(code.COLLATERAL_DAMAGED))
    has_fallen = (facts.ltv_now >= p.ltv_orange) & (facts.ltv_at_origination < p.ltv_orange)  # and the balance has not grown
    strained = arrears.established(p) | signals.includes(*raised(code.CAPACITY, Level.ORANGE))
    limit = percent_label(p.ltv_orange)
    return (
        recommend("revalue-due", Measure.REVALUE, signals.includes(*raised(code.REVALUATION_DUE)), Label("估值到期或缺失", "the valuation has run out or is missing"), collateral_2017("18", verified=True)),
        recommend("revalue-decline", Measure.REVALUE, decline & not_fresh(p), Label(f"押品价值下降，而估值已逾{months}个月，重估", f"the collateral has lost value, and the valuation is more than {months} months old: revalue"), EVENTS),
        recommend("revalue-damage", Measure.REVALUE, damaged & not_fresh(p), Label(f"抵押人行为致押品减值，而估值已逾{months}个月，重估", f"the owner's acts have lowered the value, and the valuation is more than {months} months old: revalue"), EVENTS),
        recommend("guarantee-decline", Measure.ADD_GUARANTEE, has_fallen & strained & facts.has_top_up_clause.is_true(), Label(f"押品较发放时减值，贷款价值比已达{limit.zh}，且借款人逾期或负担超限，依约追加担保", f"the home has lost value since the grant, the loan-to-value is {limit.en} or more, and the borrower is late or cannot bear the debts: more security as the contract allows")),
    )


def _title(signals: Fact, grade: Fact) -> tuple[Rule, ...]:
    code, clause = SignalCode, facts.has_acceleration_clause.is_true()
    seized, damaged = signals.includes(*raised(code.SEIZURE)), signals.includes(*raised(code.COLLATERAL_DAMAGED))
    open_title = signals.includes(*raised(code.REGISTRATION_LAPSED), *raised(code.NOT_REGISTERED))
    others = signals.includes(*raised(code.SEIZURE), *raised(code.COLLATERAL_DAMAGED), *raised(code.PROJECT_STALLED), *raised(code.PURCHASE_RESCINDED), *raised(code.NOT_REGISTERED), *raised(code.REGISTRATION_LAPSED))
    return (
        recommend("complete-registration", Measure.COMPLETE_REGISTRATION, open_title, Label("会同开发商与购房人办理正式抵押登记", "complete the mortgage registration together with the developer and the buyer"), civil_code("221")),
        recommend("demand-restoration", Measure.DEMAND_RESTORATION, damaged, Label("要求停止侵害，限期恢复价值或另行担保", "demand that harm stops and that value is restored or secured by a day"), civil_code("408")),
        recommend("accelerate-damage", Measure.ACCELERATE, damaged, Label("限期届满，既不恢复价值也不提供担保的，依法提前到期，无须合同另有约定", "if by that day value is neither restored nor secured, the loan falls due by law, whatever the contract says"), civil_code("408")),
        recommend("accelerate-seizure", Measure.ACCELERATE, seized & clause, Label("押品被查封，依约提前到期", "the home is seized: the whole loan falls due as the contract says")),
        recommend("verify-seizure", Measure.VERIFY, seized, Label("核实查封机关、案由、债权人与顺位", "find out who has seized the home, for whom, why, and in which rank")),
        recommend("review-home", Measure.REVIEW_GRADE, others & (grade <= Grade.NORMAL), Label("押品权属或状况生变，重新认定是否归为关注类", "title or state of the home has changed: whether the loan is special mention is to be determined")),
        recommend("renew-insurance", Measure.RENEW_INSURANCE, facts.insurance_lapsed.is_true() & arrears.principal_owed(), Label("约定的房屋保险已到期", "the insurance of the home that was agreed on has run out"), PROPOSAL),
    )


def _building(signals: Fact) -> tuple[Rule, ...]:
    """A project that stands still is the developer's matter: who pays is left in peace."""
    stalled, rescinded = signals.includes(*raised(SignalCode.PROJECT_STALLED)), signals.includes(*raised(SignalCode.PURCHASE_RESCINDED))
    return (
        recommend("verify-stalled", Measure.VERIFY, stalled, Label("向开发商核实停工原因、工程进度、预售资金监管账户与保交房安排；不因此向借款人追加要求", "find out from the developer why building has stopped, how far it is, what is in the supervised account and when homes will be handed over; nothing more is asked of the borrower")),
        recommend("report-stalled", Measure.VERIFY, stalled & facts.stall_cause.is_in(StallCause.FUNDING), Label("因资金断裂逾期交付的，列入房地产融资风险监测表，至少按季更新", "late for want of funds: list the loan in the return on real-estate lending, and bring it up to date at least every quarter"), STALLED_PROJECTS),
        recommend("rescind-purchase", Measure.RESCIND, rescinded, Label("购房合同解除致借款合同目的不能实现的，可请求解除借款合同，宜并案处理", "the purchase is rescinded, so that the loan has lost its purpose: its contract can be rescinded, best in the same suit"), house_sales("20, 21")),
        recommend("claim-developer-purchase", Measure.CLAIM_DEVELOPER, rescinded, Label("两份合同均解除的，由出卖人返还银行所收贷款本息", "where both contracts are rescinded, the seller pays back to the bank what it was lent and the interest"), house_sales("21")),
    )
