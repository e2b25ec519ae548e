"""Checklists: what a visit finds out by its kind and by the warnings it answers, and what it must not do in a home."""

from __future__ import annotations

from typing import Final

from revisit_policy.outcomes.checklist import Checklist
from revisit_policy.outcomes.signal import SignalCode
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.values.labels import Label

#: Civil Code, articles 672 (inspection as agreed) and 1033 (no entering, no pictures of a home without consent).
_CONSENT: Final = Label(
    "检查以合同约定为限；入户、拍照须先取得明确同意，不拍摄未成年人",
    "inspect as far as the contract says; ask for express consent before entering or taking pictures, and take none of children",
)

_OF_KINDS: Final = (
    Checklist(VisitKind.FIRST, (
        Label("核实贷款资金用途", "verify that the money was used as agreed"),
        Label("核对借款人联系方式与居住情况", "check how the borrower is reached and who lives in the home"),
        Label("核查房屋交付、产权证及抵押登记进度", "check delivery, title certificate and registration of the mortgage"),
        _CONSENT,
    )),
    Checklist(VisitKind.PERIODIC, (
        Label("核实收入、就业、家庭与负债变化", "verify changes of income, employment, family and debts"),
        Label("核实房屋占有、使用与保险状况", "verify possession, use and insurance of the home"),
        Label("核查抵押登记与权属状态", "check registration of the mortgage and title"),
        _CONSENT,
    )),
    Checklist(VisitKind.TRIGGERED, (
        Label("核实预警所指情形是否属实、是否仍在", "verify whether what the warning says is so, and still is"),
        _CONSENT,
    )),
    Checklist(VisitKind.REVALUATION, (Label("核实押品价值与状况", "verify value and condition of the home"),)),
)  # fmt: skip

_CASE_OFFICER: Final = Label("资产保全人员", "an officer of special assets")
_VALUER: Final = Label("押品评估人员", "a valuer of collateral")

_OF_WARNINGS: Final = (
    Checklist(SignalCode.ARREARS, (
        Label("欠款原因，预计还清的日期", "why it is not paid, and by which day it will be"),
        Label("下一期还款的来源与日期", "where the next instalment comes from, and when"),
    ), documents=(Label("欠款明细与还款计划表", "the list of what is owed and the plan of instalments"),)),
    Checklist(SignalCode.NPL_IMMINENT, (
        Label("逾期满90天之前能否还清，金额与来源", "whether it is paid before the 90 days are over, how much and from what"),
        Label("是否有困难需要调整还款计划，凭什么证明", "whether there is a hardship that calls for another plan, and what proves it"),
    )),
    Checklist(SignalCode.NPL, (
        Label("房屋现由谁占用，有无租赁，腾退有无困难", "who holds the home now, any lease, and what stands in the way of vacating it"),
        Label("借款人、共同借款人与保证人的其他财产", "other assets of borrower, co-borrower and guarantor"),
        Label("诉讼时效与保证期间何时届满", "when limitation and the period of the guarantee end"),
    ), skill=_CASE_OFFICER),
    Checklist(SignalCode.LOSS, (
        Label("已采取的追偿措施与结果", "what has been done to recover, and what came of it"),
        Label("还有哪些财产可供执行", "what is left to enforce upon"),
    ), skill=_CASE_OFFICER),
    Checklist(SignalCode.IMPAIRED, (Label("减值的事实依据，预计收回的金额与时间", "what the impairment rests on, and how much is expected back by when"),)),
    Checklist(SignalCode.MISUSE, (
        Label("贷款资金的实际去向与收款人", "where the money went, and to whom"),
        Label("收款人与借款人的关系", "how the payee and the borrower are related"),
        Label("能否限期纠正，何时", "whether it can be put right, and by when"),
    ), documents=(Label("支付凭证、购房合同与发票", "vouchers of payment, the purchase contract and the invoice"),)),
    Checklist(SignalCode.EVASION, (
        Label("财产何时转移、给谁、对价多少", "which assets were moved when, to whom and for what"),
        Label("线索的来源与凭证", "where the trace comes from, and what proves it"),
    ), skill=_CASE_OFFICER),
    Checklist(SignalCode.BANKRUPTCY, (
        Label("受理法院、案号与管理人；此后经管理人联系", "the court, the number of the case and the administrator, through whom all contact goes from now on"),
        Label("债权申报的截止日，抵押权是否已申报", "until when claims are filed, and whether the mortgage has been"),
    ), skill=_CASE_OFFICER),
    Checklist(SignalCode.REFINANCED, (Label("新债的贷款人、金额、用途与期限", "lender, amount, purpose and term of the new debt"),)),
    Checklist(SignalCode.RESTRUCTURED, (
        Label("调整后的计划是否按期履行", "whether the new plan is being kept"),
        Label("当初的财务困难是否已经消除", "whether the difficulty of then is over"),
    )),
    Checklist(SignalCode.REVALUATION_DUE, (Label("上次估值以来影响价值的变化", "what has changed since the last valuation that bears on the value"),)),
    Checklist(SignalCode.COLLATERAL_DECLINE, (Label("同小区近期成交价，房屋维护状况", "recent prices in the same estate, and how the home is kept"),)),
    Checklist(SignalCode.COLLATERAL_DAMAGED, (
        Label("损害的原因、范围与责任人", "cause, extent and who is answerable"),
        Label("有无保险，是否已报案理赔", "whether it is insured, and whether the damage was claimed"),
        Label("能否恢复价值或另行提供担保，何时", "whether the value is restored or other security given, and by when"),
    ), skill=_VALUER),
    Checklist(SignalCode.REGISTRATION_LAPSED, (
        Label("未在期限内办理抵押登记的原因与责任方", "why the mortgage was not registered in time, and whose part it was"),
        Label("最早可办理的日期", "the earliest day on which it can be"),
    ), documents=(Label("预告登记证明", "the certificate of pre-registration"),)),
    Checklist(SignalCode.NOT_REGISTERED, (
        Label("登记的障碍，由谁办理，预计何时办妥", "what stands in the way of registration, who sees to it, and by when"),
        Label("开发商的阶段性担保是否存续", "whether the developer's stage guarantee still stands"),
    ), documents=(Label("购房合同与产权证办理回执", "the purchase contract and the receipt for the title certificate"),)),
    Checklist(SignalCode.SEIZURE, (
        Label("查封法院、案号与查封日期", "the court, the number of the case and the day of the seizure"),
        Label("申请查封的债权人与债权金额", "which creditor applied, and for how much"),
        Label("抵押登记与查封的先后顺位", "which came first, the registration of the mortgage or the seizure"),
    ), documents=(Label("不动产登记查询结果", "an extract of the register"),)),
    Checklist(SignalCode.PROJECT_STALLED, (
        Label("停工原因，有无政府处置安排或融资“白名单”", "why it stalled, and whether there is a rescue or the project is on a list for funding"),
        Label("预售资金监管账户的余额与用途", "what the escrow account holds, and for what"),
        Label("借款人是否继续还款，有何诉求", "whether the borrower pays on, and what he asks for"),
    ), documents=(Label("商品房预售合同", "the presale contract"),)),
    Checklist(SignalCode.PURCHASE_RESCINDED, (
        Label("解除的协议或判决，何时生效", "the agreement or judgment that rescinded it, and since when"),
        Label("出卖人何时返还贷款，抵押或预告登记如何处理", "when the seller repays the loan, and what becomes of the registration"),
    ), documents=(Label("解除协议或裁判文书", "the agreement or the judgment"),)),
    Checklist(SignalCode.CAPACITY, (
        Label("收入下降或负债增加的原因，预计持续多久", "why income fell or debt rose, and for how long"),
        Label("现有收入与全部债务的月供", "income and the monthly service of all debts now"),
        Label("家庭其他收入与储备", "other income and savings of the household"),
        Label("经书面授权查询征信", "the credit register, with written consent"),
    ), documents=(Label("近六个月收入流水", "statements of income of the last six months"),)),
    Checklist(SignalCode.CONTACT, (
        Label("逐一核实登记的电话与地址", "try every number and address on file"),
        Label("房屋是否有人居住", "whether somebody lives in the home"),
    )),
    Checklist(SignalCode.BAD_DEBT_ELSEWHERE, (Label("他行债务的金额、状态与担保", "amount, state and security of the debt elsewhere"),)),
    Checklist(SignalCode.DECEASED, (
        Label("死亡日期，继承人或遗产管理人，是否接受继承", "the day of death, the heirs or the administrator of the estate, and whether they accept it"),
        Label("现由谁居住、由谁还款，有无人身保险", "who lives there and who pays now, and whether life was insured"),
    ), documents=(Label("死亡证明", "the death certificate"),)),
    Checklist(SignalCode.WATCH, (Label("列入观察的原因是否仍在", "whether what it was put on watch for still holds"),)),
)

CHECKLISTS: Final = (*_OF_KINDS, *_OF_WARNINGS)
"""One a kind of visit and one a warning: bank practice."""

CARE: Final = (
    (Label("结婚或离婚", "marriage or divorce"), Label("变更共同借款人或房屋权属须先经银行同意，可同时办理", "a change of co-borrower or owner wants the bank's consent first, and is done in one go")),
    (Label("疾病或失业", "illness or loss of work"), Label("可申请调整还款计划，越早越好；保险如有约定应及时报案", "another plan of instalments can be asked for, the earlier the better; an insurer is told in time")),
    (Label("搬迁或更换联系方式", "a move or another number"), Label("更新联系方式即可，不影响贷款", "a note of it is enough; the loan stays as it is")),
    (Label("收入增加，愿意提前还款", "more income, and the wish to pay early"), Label("可部分或全部提前还款，说明是否收取费用及如何重算月供", "part or all can be paid early: tell of any charge and of the new instalment")),
    (Label("利率重定价", "the rate is set anew"), Label("说明重定价日、加点与新月供", "tell the day, the spread and the new instalment")),
    (Label("贷款结清", "the loan is paid in full"), Label("主动告知注销抵押登记的办法并及时出具材料", "tell how the mortgage is released, and hand over the papers in time")),
    (Label("借款人去世", "the borrower has died"), Label("向继承人说明可由其继续还款或变更借款人，不催收，不要求无继承义务者承担", "tell heirs that they can pay on or take the loan over; nobody who inherits nothing is asked for anything")),
)
"""Changes of life, and what the bank can do about each that is no collection: bank practice."""
