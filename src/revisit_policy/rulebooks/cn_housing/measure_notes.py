"""What each measure needs by law or contract, what it brings about, and who in a Chinese bank carries it out; which desk that is, is practice."""

from __future__ import annotations

from typing import Final

from revisit_policy.outcomes.measure import Measure, OwnerRole
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.rulebooks.cn_housing.regulations import (
    BULK_TRANSFER,
    COLLECTION,
    WRITE_OFF_RULES,
    civil_code,
    civil_procedure,
    collateral_2017,
    commercial_bank_law,
    guideline_2007,
    measures_2023,
    personal_loans_2010,
)
from revisit_policy.values.labels import Label

# The length of the observation was compared with secondary texts; the floors are from memory.
_RESTRUCTURED: Final = (measures_2023("20", verified=True), measures_2023("21, 22", verified=False), guideline_2007("12"))
_MAKES_RESTRUCTURED: Final = Label(
    "若借款人处于财务困难，此举使该笔贷款成为重组资产：按2023年办法至少为关注，观察期至少一年且不少于两个还款期，"
    "观察期内再次重组的至少为次级；尚按2007年指引分类的至少为次级，至少观察六个月",
    "for a borrower in financial difficulty this makes the loan a restructured asset: under the measures of 2023 at least "
    "special mention, under observation for at least one year and two repayment periods, and at least substandard if that "
    "happens under observation; where the guideline of 2007 still holds at least substandard, and observed for at least six "
    "months",
)
_GUARANTOR_CONSENT: Final = Label("有保证人的，须经保证人书面同意", "the guarantor's written consent, where there is a guarantor")
_ACCELERATION_CLAUSE: Final = Label("合同约定有提前到期条款且条件成就", "an acceleration clause in the contract whose condition is met")
_TOP_UP_CLAUSE: Final = Label(
    "合同约定有追加担保条款，或押品因抵押人行为减值", "a top-up clause in the contract, or a loss of value by the owner's own act"
)
_LIMITATION: Final = Label(
    "诉讼时效三年，分期履行的自最后一期届满起算；每次主张权利使时效中断",
    "limitation is three years, for instalments from the last one's due day; every demand interrupts it",
)

MEASURE_NOTES: Final = (
    MeasureNote(Measure.MONITOR, owner=OwnerRole.ACCOUNT_MANAGER),
    MeasureNote(Measure.VERIFY, owner=OwnerRole.ACCOUNT_MANAGER),
    MeasureNote(Measure.REMIND, owner=OwnerRole.COLLECTION_CENTRE),
    MeasureNote(
        Measure.COLLECT,
        owner=OwnerRole.COLLECTION_CENTRE,
        warning=Label(
            "参照个人网络消费信贷的催收标准从严掌握：22:00至次日8:00不催收；每日通话不超过三次；除无法联系借款人外不联系第三人",
            "by the standard for online consumer credit, taken as the careful default: no collection from 22:00 to 08:00, at "
            "most three calls a day, no third party unless the borrower is out of reach",
        ),
        sources=(COLLECTION,),
    ),
    MeasureNote(
        Measure.DEMAND_LETTER,
        owner=OwnerRole.ACCOUNT_MANAGER, warning=_LIMITATION, sources=(civil_code("188, 189, 195"),)
    ),
    MeasureNote(
        Measure.ADJUST_REPAYMENT,
        owner=OwnerRole.APPROVER,
        precondition=_GUARANTOR_CONSENT,
        warning=_MAKES_RESTRUCTURED,
        sources=(*_RESTRUCTURED, civil_code("695")),
    ),
    MeasureNote(
        Measure.EXTEND_TERM,
        owner=OwnerRole.APPROVER,
        precondition=Label(
            "原期限与展期之和不超过产品最长期限；有保证人的，须经保证人书面同意",
            "original term and extensions within the product's longest term; the guarantor's written consent, where there is one",
        ),
        warning=_MAKES_RESTRUCTURED,
        sources=(personal_loans_2010("39"), *_RESTRUCTURED, civil_code("695")),
    ),
    MeasureNote(Measure.GRACE, owner=OwnerRole.APPROVER, warning=_MAKES_RESTRUCTURED, sources=_RESTRUCTURED),
    MeasureNote(
        Measure.RESTRUCTURE,
        owner=OwnerRole.APPROVER,
        precondition=Label("借款人处于财务困难", "the borrower is in financial difficulty"),
        warning=Label(
            f"{_MAKES_RESTRUCTURED.zh}；原已不良的，不因重组上调",
            f"{_MAKES_RESTRUCTURED.en}; what was non-performing is not upgraded by it",
        ),
        sources=_RESTRUCTURED,
    ),
    MeasureNote(
        Measure.ADD_GUARANTEE,
        owner=OwnerRole.ACCOUNT_MANAGER,
        precondition=_TOP_UP_CLAUSE,
        warning=Label(
            "仅因市价下跌，法律并未赋予要求追加担保的权利", "a fall of the market alone gives no right by law to ask for more security"
        ),
        sources=(civil_code("408"),),
    ),
    MeasureNote(
        Measure.REVALUE,
        owner=OwnerRole.COLLATERAL_OFFICER,
        warning=Label("押品至少每年重估一次", "collateral is revalued at least once a year"),
        sources=(collateral_2017("18", verified=True),),
    ),
    MeasureNote(
        Measure.COMPLETE_REGISTRATION,
        owner=OwnerRole.COLLATERAL_OFFICER,
        precondition=Label("房屋已能够办理不动产登记", "the property can be registered"),
        warning=Label(
            "自能够登记之日起九十日内未申请的，预告登记失效",
            "a pre-registration lapses if registration is not applied for within ninety days from the day it could be",
        ),
        sources=(civil_code("221"),),
    ),
    MeasureNote(
        Measure.DEMAND_RESTORATION,
        owner=OwnerRole.COLLATERAL_OFFICER,
        precondition=Label("押品价值因抵押人的行为减少", "the value fell by an act of the owner"),
        sources=(civil_code("408"),),
    ),
    MeasureNote(Measure.REVIEW_GRADE, owner=OwnerRole.RISK_OFFICER),
    MeasureNote(
        Measure.STOP_DRAWING,
        owner=OwnerRole.ACCOUNT_MANAGER,
        precondition=Label(
            "尚有未发放的款项，且借款人未按约定用途使用借款或合同另有约定",
            "money is still to be paid out, and it is not used as agreed or the contract gives the right",
        ),
        sources=(civil_code("673"),),
    ),
    MeasureNote(Measure.HAND_OVER, owner=OwnerRole.SPECIAL_ASSETS),
    MeasureNote(
        Measure.ACCELERATE,
        owner=OwnerRole.LEGAL_COUNSEL,
        precondition=_ACCELERATION_CLAUSE,
        warning=Label("提前到期使诉讼时效的起算点随之提前", "the limitation period then starts earlier, from the new due day"),
        sources=(civil_code("189"),),
    ),
    MeasureNote(
        Measure.LAWYER_LETTER,
        owner=OwnerRole.LEGAL_COUNSEL, warning=_LIMITATION, sources=(civil_code("188, 189, 195"),)
    ),
    MeasureNote(
        Measure.PAYMENT_ORDER,
        owner=OwnerRole.LEGAL_COUNSEL,
        precondition=Label("债权债务关系明确且无其他纠纷", "the debt is clear and there is no other dispute"),
        warning=Label("债务人十五日内提出异议的，支付令失效", "an objection within fifteen days ends the order"),
        sources=(civil_procedure(verified=True),),
    ),
    MeasureNote(
        Measure.LITIGATE,
        owner=OwnerRole.LEGAL_COUNSEL, warning=_LIMITATION, sources=(civil_code("188, 189, 195"),)
    ),
    MeasureNote(
        Measure.REALISE_SECURITY,
        owner=OwnerRole.LEGAL_COUNSEL,
        precondition=Label("抵押权已设立且在主债权诉讼时效内行使", "a mortgage that exists and is exercised within limitation"),
        sources=(civil_procedure("207-208", verified=True), civil_code("419")),
    ),
    MeasureNote(
        Measure.NEGOTIATED_SALE,
        owner=OwnerRole.SPECIAL_ASSETS,
        precondition=Label(
            "已届还款期或发生约定情形，且与抵押人达成协议", "the debt is due or an agreed event has happened, and the owner agrees"
        ),
        sources=(civil_code("410"),),
    ),
    MeasureNote(
        Measure.DEBT_ASSET_SWAP,
        owner=OwnerRole.SPECIAL_ASSETS,
        warning=Label("取得的不动产应在二年内处分", "a property taken over is to be disposed of within two years"),
        sources=(commercial_bank_law("42"),),
    ),
    MeasureNote(
        Measure.WRITE_OFF,
        owner=OwnerRole.APPROVER,
        precondition=Label("符合呆账核销条件并经审批", "the conditions for writing off are met, and it is approved"),
        warning=Label("账销案存，继续追索并关注诉讼时效", "the claim is kept off the books: keep demanding and mind the limitation"),
        sources=(WRITE_OFF_RULES, civil_code("188, 195")),
    ),
    MeasureNote(
        Measure.BULK_TRANSFER,
        owner=OwnerRole.SPECIAL_ASSETS,
        precondition=Label("原则上不适用于个人住房按揭贷款", "in principle not open to housing mortgages"),
        sources=(BULK_TRANSFER,),
    ),
)
"""One note a measure, for every measure."""
