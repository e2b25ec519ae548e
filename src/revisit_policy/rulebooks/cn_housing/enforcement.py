"""Enforcement: what is done about a non-performing loan. A plan is sought, or rights are enforced against borrower, guarantor and home; never both.

A payment order is for what is due and undisputed and can be served; where it cannot, or much is owed, the bank sues. Six periods
and as many days as they make are proposals: no text has a figure.
"""

from __future__ import annotations

from revisit_policy.casefile import facts
from revisit_policy.casefile.collateral import RegistrationState
from revisit_policy.language.condition import Condition
from revisit_policy.language.fact import Fact
from revisit_policy.language.rule import Rule
from revisit_policy.outcomes.grade import Grade
from revisit_policy.outcomes.measure import Measure
from revisit_policy.outcomes.signal import SignalCode
from revisit_policy.rulebooks.cn_housing.measure_rule import can_agree, no_plan_is_sought, not_fresh, out_of_reach, plan_is_sought, recommend, within_reach
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import EVENTS, RESTRUCTURED_ASSET, civil_code, civil_procedure, commercial_bank_law, house_sales
from revisit_policy.rulebooks.cn_housing.signals import raised
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE, PROPOSAL, set_by_bank
from revisit_policy.values.labels import Label


def rules(p: Parameters, *, signals: Fact, grade: Fact) -> tuple[Rule, ...]:
    """All of them."""
    npl = signals.includes(*raised(SignalCode.NPL))
    return (*_at_once(p, npl=npl, grade=grade), *_claims(p, npl), *_courts(p, npl), *_in_the_end(signals, grade))


def _at_once(p: Parameters, *, npl: Condition, grade: Fact) -> tuple[Rule, ...]:
    over, periods, far = p.days_substandard, p.lawyer_letter_missed, p.days_doubtful
    missed = facts.missed_consecutive >= periods
    return (
        recommend("hand-over", Measure.HAND_OVER, grade >= Grade.SUBSTANDARD, Label("不良贷款移交资产保全，已移交的由其继续管理", "non-performing loans go to special assets, or stay there"), PRACTICE),
        recommend("revalue-npl", Measure.REVALUE, (grade >= Grade.SUBSTANDARD) & not_fresh(p), Label(f"不良贷款，而估值已逾{p.fresh_valuation_months}个月，重估押品", f"non-performing, and the valuation is more than {p.fresh_valuation_months} months old: revalue"), EVENTS),
        recommend("restructure", Measure.RESTRUCTURE, npl & plan_is_sought(p), Label(f"已成不良而借款人配合，逾期未超过{far}天，先协商重组", f"non-performing for {far} days past due or fewer, and the borrower co-operates: a restructuring is sought first"), set_by_bank(RESTRUCTURED_ASSET)),
        recommend("lawyer-letter", Measure.LAWYER_LETTER, (npl | missed) & no_plan_is_sought(p), Label(f"逾期超过{over}天，或连续欠款{periods}期以上，且无可协商的方案", f"more than {over} days past due, or {periods} periods or more missed in a row, and no plan is to be had"), PRACTICE),
        recommend("accelerate-npl", Measure.ACCELERATE, npl & no_plan_is_sought(p) & facts.has_acceleration_clause.is_true(), Label(f"逾期超过{over}天，且无可协商的方案，依约宣布提前到期", f"more than {over} days past due and no plan is to be had: the whole loan falls due as the contract says")),
    )


def _claims(p: Parameters, npl: Condition) -> tuple[Rule, ...]:
    """Who else answers for the debt; after its time a guarantor is free."""
    still_bound = facts.days_since_guarantee_ended <= 0
    unregistered = facts.registration_state.is_in(RegistrationState.NONE, RegistrationState.PRE_REGISTERED, RegistrationState.APPLIED_FOR)
    over, stage = p.days_substandard, facts.has_developer_guarantee
    return (
        recommend("call-guarantee", Measure.CALL_GUARANTEE, npl & facts.has_guarantor.is_true() & stage.is_false() & still_bound, Label(f"逾期超过{over}天，保证期间尚未届满，要求保证人承担责任", f"more than {over} days past due, and the time of the guarantee runs: call on the guarantor"), civil_code("692, 693")),
        recommend("claim-developer-stage", Measure.CLAIM_DEVELOPER, npl & stage.is_true() & unregistered, Label(f"逾期超过{over}天，正式抵押登记尚未办妥，由开发商承担阶段性保证责任", f"more than {over} days past due before the mortgage is registered: the developer answers for it"), house_sales("22, 23")),
    )


def _courts(p: Parameters, npl: Condition) -> tuple[Rule, ...]:
    over, long, periods = p.days_substandard, p.days_enforcement, p.lawyer_letter_missed
    days, missed = facts.days_past_due, facts.missed_consecutive
    much, apart = (missed >= periods) | (days > long), no_plan_is_sought(p)
    in_good_faith = facts.misuse_of_funds.is_false() & facts.debt_evasion.is_false()
    conduct = facts.misuse_of_funds.is_true() | facts.debt_evasion.is_true()
    little = (missed < periods) & (days <= long)
    mortgaged = facts.registration_state.is_in(RegistrationState.REGISTERED)
    ripe = npl & apart & (much | out_of_reach(p))
    return (
        recommend("payment-order", Measure.PAYMENT_ORDER, npl & apart & little & within_reach(p) & in_good_faith, Label(f"逾期超过{over}天，欠款不多、无其他纠纷且能送达的，就已到期欠款申请支付令", f"more than {over} days past due, little owed, no other dispute, and the borrower is reached: a payment order for what is due"), civil_procedure("225", verified=True)),
        recommend("litigate", Measure.LITIGATE, ripe, Label(f"已成不良，连续欠款{periods}期以上、逾期超过{long}天或借款人失联的，提起诉讼", f"non-performing, with {periods} periods or more missed in a row, more than {long} days past due or nobody to be reached: sue"), PROPOSAL),
        recommend("litigate-conduct", Measure.LITIGATE, conduct & npl, Label("挪用或逃废债且已成不良，提起诉讼", "misused or evaded, and non-performing: sue"), PROPOSAL),
        recommend("realise-security", Measure.REALISE_SECURITY, ripe & mortgaged, Label("同上，且抵押已登记的，可申请实现担保物权", "the same, and the mortgage is registered: apply to realise it"), set_by_bank(civil_procedure("207-208", verified=True))),
        recommend("negotiated-sale", Measure.NEGOTIATED_SALE, npl & apart & much & can_agree(p) & mortgaged, Label(f"连续欠款{periods}期以上或逾期超过{long}天，抵押已登记而尚可协商的，可与抵押人协议折价或变卖", f"{periods} periods or more missed or more than {long} days past due, the mortgage registered and somebody to agree with: a sale may be agreed on with the owner"), set_by_bank(civil_code("410"))),
    )


def _in_the_end(signals: Fact, grade: Fact) -> tuple[Rule, ...]:
    loss = signals.includes(*raised(SignalCode.LOSS))
    return (
        recommend("debt-asset-swap", Measure.DEBT_ASSET_SWAP, loss, Label("预计损失，可以物抵债并在两年内处置", "a loss is expected: the home may be taken for the debt, to be sold within two years"), set_by_bank(commercial_bank_law("42"))),
        recommend("write-off", Measure.WRITE_OFF, (grade >= Grade.LOSS) & facts.bankruptcy.is_false(), Label("损失类，符合核销条件的，账销案存；破产程序中的待程序终结", "graded loss: write off where the conditions are met, and keep the claim; in an insolvency not before it has ended"), PRACTICE),
    )
