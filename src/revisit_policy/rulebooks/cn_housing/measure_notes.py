"""What each measure needs by law or contract, what it brings about, and who in a Chinese bank carries it out; which desk that is, is practice."""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.outcomes.measure import Measure, OwnerRole
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.rulebooks.cn_housing.measure_steps import in_steps
from revisit_policy.rulebooks.cn_housing.regulations import (
    BULK_TRANSFER,
    COLLECTION,
    INSOLVENCY_SHENZHEN,
    INSOLVENCY_XIAMEN,
    NO_BULK_TRANSFER,
    TELL_FIRST,
    WRITE_OFF_RULES,
    civil_code,
    civil_procedure,
    civil_procedure_explained,
    collateral_2017,
    commercial_bank_law,
    guideline_2007,
    house_sales,
    measures_2023,
    personal_loans_2010,
    personal_loans_2024,
)
from revisit_policy.values.labels import Label

# The length of the observation was compared with secondary texts; the floors are from memory.
_RESTRUCTURED: Final = (measures_2023("20", verified=True), measures_2023("21, 22", verified=False))
_MAKES_RESTRUCTURED: Final = Label(
    "若借款人处于财务困难，此举使该笔贷款成为重组资产：按2023年办法至少为关注，观察期至少一年且不少于两个还款期，"
    "观察期内再次重组的至少为次级",
    "for a borrower in financial difficulty this makes the loan a restructured asset: under the measures of 2023 at least "
    "special mention, under observation for at least one year and two repayment periods, and at least substandard if that "
    "happens under observation",
)
_RESTRUCTURED_2007: Final = (guideline_2007("12"),)
_MAKES_RESTRUCTURED_2007: Final = Label(
    "若借款人处于财务困难，此举使该笔贷款成为重组贷款：按2007年指引至少为次级，至少观察六个月",
    "for a borrower in financial difficulty this makes the loan a restructured one: under the guideline of 2007 at least substandard, and "
    "observed for at least six months",
)
_GUARANTOR_CONSENT: Final = Label("有保证人的，须经保证人书面同意", "the guarantor's written consent, where there is a guarantor")
_ACCELERATION: Final = Label(
    "合同约定有提前到期条款且条件成就；挪用贷款，或抵押人毁损押品而逾期不恢复价值也不提供担保的，依法即可，无须约定",
    "an acceleration clause in the contract whose condition is met; by law alone where the money is misused, or where the owner has harmed "
    "the home and by the day that was set has neither restored its value nor secured it",
)
_TOP_UP_CLAUSE: Final = Label("合同约定押品减值时可要求追加担保", "a clause in the contract by which more security can be asked for when the value falls")
_LIMITATION: Final = Label(
    "诉讼时效三年，分期履行的自最后一期届满起算；每次主张权利使时效中断",
    "limitation is three years, for instalments from the last one's due day; every demand interrupts it",
)

_NOTES: Final = (
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
            "展期连同此前各次，不超过原期限一半，五年以上的不超过三年，且与原期限之和不超过产品最长期限，取其最短；有保证人的，须经保证人书面同意",
            "together with all before it the extension stays within half of the term, of more than five years within three years, and with "
            "the term within the product's longest, whichever is least; the guarantor's written consent, where there is one",
        ),
        warning=_MAKES_RESTRUCTURED,
        sources=(personal_loans_2010("39"), personal_loans_2024(), *_RESTRUCTURED, civil_code("695")),
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
        Measure.TELL_BEFORE_REPORTING,
        owner=OwnerRole.COLLECTION_CENTRE,
        warning=Label(
            "未事先告知即报送的，构成违规；依法公开的不良信息除外",
            "to report without having told is a breach, but for bad records that the law makes public",
        ),
        sources=(TELL_FIRST,),
    ),
    MeasureNote(
        Measure.ADD_GUARANTEE,
        owner=OwnerRole.ACCOUNT_MANAGER,
        precondition=_TOP_UP_CLAUSE,
        warning=Label(
            "法律不因市价下跌赋予此项权利，须以合同约定为限", "no law gives this right for a fall of the market: it reaches as far as the contract says"
        ),
        sources=(civil_code("408"),),
    ),
    MeasureNote(
        Measure.REVALUE,
        owner=OwnerRole.COLLATERAL_OFFICER,
        warning=Label("所用估值不高于当前合理市场价格", "what is put down is not above the reasonable price of the day"),
        sources=(collateral_2017("17", verified=True),),
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
    MeasureNote(Measure.RENEW_INSURANCE, owner=OwnerRole.ACCOUNT_MANAGER),
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
        precondition=_ACCELERATION,
        warning=Label("提前到期使诉讼时效的起算点随之提前", "the limitation period then starts earlier, from the new due day"),
        sources=(civil_code("189, 408, 673"),),
    ),
    MeasureNote(
        Measure.RESCIND,
        owner=OwnerRole.LEGAL_COUNSEL,
        precondition=Label(
            "借款用于他途，或购房合同已解除、被认定无效致借款合同目的不能实现",
            "the money was used for something else, or the purchase has been rescinded or is void, so that the loan has lost its purpose",
        ),
        warning=Label(
            "购房合同与借款合同均解除的，贷款本息由出卖人返还；银行请求并案审理须追加或通知出卖人",
            "where both contracts are rescinded, the seller pays back what was lent: he is to be joined to the suit or told of it",
        ),
        sources=(civil_code("673"), house_sales("20, 21")),
    ),
    MeasureNote(
        Measure.CALL_GUARANTEE,
        owner=OwnerRole.LEGAL_COUNSEL,
        precondition=Label("债务已届期且保证期间尚未届满", "the debt is due, and the time of the guarantee has not ended"),
        warning=Label(
            "未约定的，保证期间为债务届期之日起六个月；一般保证须在期间内对债务人起诉或申请仲裁，连带责任保证须在期间内向保证人主张，否则保证人免责",
            "where nothing was agreed the time is six months from the day the debt was due; within it the debtor is to be sued, or of a "
            "joint guarantee the guarantor called, or he is free",
        ),
        sources=(civil_code("692, 693"),),
    ),
    MeasureNote(
        Measure.CLAIM_DEVELOPER,
        owner=OwnerRole.LEGAL_COUNSEL,
        precondition=Label("约定有阶段性保证且正式抵押登记尚未办妥，或购房合同与借款合同均已解除", "a guarantee until registration that has not ended, or both contracts rescinded"),
        warning=Label("抵押权已设立的，阶段性保证责任随之终止", "once there is a mortgage the guarantee until registration has ended"),
        sources=(house_sales("21, 22, 23"),),
    ),
    MeasureNote(
        Measure.LODGE_CLAIM,
        owner=OwnerRole.LEGAL_COUNSEL,
        precondition=Label(
            "法院已受理个人破产；现仅深圳、厦门有个人破产条例", "a court has opened the insolvency of a person, for which so far Shenzhen and Xiamen alone have rules"
        ),
        warning=Label("逾期未申报的，可能不再参加已进行的分配", "who is late may have no part in what has been handed out"),
        sources=(INSOLVENCY_SHENZHEN, INSOLVENCY_XIAMEN),
    ),
    MeasureNote(
        Measure.LAWYER_LETTER,
        owner=OwnerRole.LEGAL_COUNSEL, warning=_LIMITATION, sources=(civil_code("188, 189, 195"),)
    ),
    MeasureNote(
        Measure.PAYMENT_ORDER,
        owner=OwnerRole.LEGAL_COUNSEL,
        precondition=Label(
            "金额确定且已到期，无其他债务纠纷，债务人未失踪、支付令能够送达", "a sum that is fixed and due, no other dispute, and a debtor who is not missing and can be served"
        ),
        warning=Label(
            "债务人十五日内提出异议、三十日内未能送达或就同一债权起诉的，支付令失效或程序终结；对担保人不具约束力",
            "an objection within fifteen days, no service within thirty, or a suit for the same debt ends it; it does not bind who stands surety",
        ),
        sources=(civil_procedure("225", verified=True), civil_procedure_explained("427, 430, 434")),
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
        sources=(NO_BULK_TRANSFER, BULK_TRANSFER),
    ),
)

MEASURE_NOTES: Final = tuple(map(in_steps, _NOTES))
"""One note a measure, for every measure."""

_EASING: Final = (Measure.ADJUST_REPAYMENT, Measure.EXTEND_TERM, Measure.GRACE, Measure.RESTRUCTURE)


def _as_of_2007(note: MeasureNote) -> MeasureNote:
    if note.measure not in _EASING:
        return note
    others = tuple(source for source in note.sources if source not in _RESTRUCTURED)
    return attrs.evolve(note, warning=_MAKES_RESTRUCTURED_2007, sources=(*_RESTRUCTURED_2007, *others))


MEASURE_NOTES_2007: Final = tuple(map(_as_of_2007, MEASURE_NOTES))
"""The same where the guideline of 2007 still holds: what another plan makes of a loan is another."""
