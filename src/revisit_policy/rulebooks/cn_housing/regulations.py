"""The laws and regulations that rules and notes cite, each with its kind and with what of it was compared with the text.

Laws were read in their text: figure, article and wording. Of the measures of 2023 reports were read, which have the figures and not
the numbers of the articles; those but for 5 are from memory throughout. What is quoted from memory is cited with
``verified=False``: a person must hold it against the official text before calling it law.
"""

from __future__ import annotations

from typing import Final

from revisit_policy.rulebooks.cn_housing.sources import set_by_bank
from revisit_policy.values.citation import Citation, Standing
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label
from revisit_policy.values.verified import Verified

#: Read in the text itself.
TEXT: Final = tuple(Verified)

#: Read in a report that gives the figure and its article.
REPORT: Final = (Verified.FIGURE, Verified.ARTICLE)

CLASSIFICATION_2023: Final = Label("商业银行金融资产风险分类办法", "Measures for the Risk Classification of Financial Assets of Commercial Banks")
CLASSIFICATION_2007: Final = Label("贷款风险分类指引", "Guidelines on Loan Risk Classification")
COLLATERAL_2017: Final = Label("商业银行押品管理指引", "Guidelines on Collateral Management of Commercial Banks")
PERSONAL_LOANS_2010: Final = Label("个人贷款管理暂行办法", "Interim Measures for Personal Loans")
PERSONAL_LOANS_2024: Final = Label("个人贷款管理办法", "Measures for Personal Loans")
REAL_ESTATE_2004: Final = Label("商业银行房地产贷款风险管理指引", "Guidelines on Real Estate Loan Risk of Commercial Banks")
PERSONAL_INFORMATION: Final = Label("中华人民共和国个人信息保护法", "Personal Information Protection Law")
CIVIL_CODE: Final = Label("民法典", "Civil Code")
CLASSIFICATION_RETURN: Final = Label("非现场监管报表填报说明（G11资产质量五级分类情况表）", "filling instructions of regulatory return G11, asset quality")
REAL_ESTATE_RETURN: Final = Label("非现场监管报表填报说明（S67房地产融资风险监测表）", "filling instructions of regulatory return S67, real-estate lending")
WRITE_OFF_2017: Final = Label("金融企业呆账核销管理办法", "Measures for Writing Off Bad Debts of Financial Enterprises")
CREDIT_REPORTING: Final = Label("征信业管理条例", "Regulation on the Administration of the Credit Reporting Industry")
HOUSE_SALES: Final = Label("最高人民法院关于审理商品房买卖合同纠纷案件适用法律若干问题的解释", "Interpretation of the Supreme People's Court on Sales of Commodity Housing")
CIVIL_PROCEDURE_EXPLAINED: Final = Label("最高人民法院关于适用民事诉讼法的解释", "Interpretation of the Supreme People's Court on the Civil Procedure Law")
BULK_TRANSFER_2012: Final = Label("金融企业不良资产批量转让管理办法", "Measures for the Bulk Transfer of Non-performing Assets of Financial Enterprises")
SHOP_CREDIT: Final = Label("商业用房信贷政策的通知", "Notice on Credit for Commercial Property")
BULK_TRANSFER_2021: Final = Label("关于开展不良贷款转让试点工作的通知", "Notice on the Pilot Transfer of Non-performing Loans")
DOWN_PAYMENT: Final = Label("差别化住房信贷政策的通知", "Notice on Differentiated Housing Credit")
COMMERCIAL_BANK_LAW: Final = Label("商业银行法", "Commercial Bank Law")
CIVIL_PROCEDURE_LAW: Final = Label("中华人民共和国民事诉讼法", "Civil Procedure Law")
ANTI_MONEY_LAUNDERING_LAW: Final = Label("反洗钱法", "Anti-Money Laundering Law")
PERSONAL_INFORMATION_LAW: Final = Label("个人信息保护法", "Personal Information Protection Law")
CARD_CONVENTION: Final = Label("信用卡催收自律公约", "self-discipline convention on the collection of credit card debts")
COLLECTION_2025: Final = Label("互联网金融 个人网络消费信贷 贷后催收风控指引", "Guidelines for the collection of online consumer credit")


def measures_2023(article: str | None = None, *, verified: bool) -> Citation:
    """An article of the 2023 classification measures, in force from 1 July 2023."""
    return Citation(
        document=CLASSIFICATION_2023,
        number="银保监会 中国人民银行令〔2023〕第1号",
        article=article,
        in_force_from="2023-07-01",
        standing=Standing.DEPARTMENTAL_RULE,
        verified=verified,
    )


def guideline_2007(article: str | None = None, *, verified: bool = False) -> Citation:
    """An article of the 2007 classification guideline, for loans not yet re-classified."""
    return Citation(
        document=CLASSIFICATION_2007,
        number="银监发〔2007〕54号",
        article=article,
        in_force_from="2007-07-03",
        standing=Standing.NORMATIVE_DOCUMENT,
        verified=verified,
    )


def collateral_2017(article: str, *, verified: bool) -> Citation:
    """An article of the 2017 collateral guideline."""
    return Citation(
        document=COLLATERAL_2017,
        number="银监发〔2017〕16号",
        article=article,
        in_force_from="2017-04-26",
        standing=Standing.NORMATIVE_DOCUMENT,
        verified=REPORT if verified else (),
    )


#: The first day of the 2010 measures for personal loans, and that of the measures that replaced them.
PERSONAL_LOANS_SINCE: Final = Date(2010, 2, 12)
PERSONAL_LOANS_CHANGED_ON: Final = Date(2024, 7, 1)


def personal_loans_2010(article: str, *, verified: bool = True) -> Citation:
    """An article of the 2010 interim measures for personal loans, replaced on 1 July 2024."""
    return Citation(
        document=PERSONAL_LOANS_2010,
        number="银监会令2010年第2号",
        article=article,
        in_force_from=PERSONAL_LOANS_SINCE,
        in_force_to=PERSONAL_LOANS_CHANGED_ON,
        standing=Standing.DEPARTMENTAL_RULE,
        verified=REPORT if verified else (),
    )


def personal_loans_2024(article: str | None = None, *, verified: bool = False) -> Citation:
    """An article of the 2024 measures for personal loans, in force from 1 July 2024."""
    return Citation(
        document=PERSONAL_LOANS_2024,
        number="金融监管总局令2024年第3号",
        article=article,
        in_force_from=PERSONAL_LOANS_CHANGED_ON,
        standing=Standing.DEPARTMENTAL_RULE,
        verified=verified,
    )


def real_estate_2004(article: str) -> Citation:
    """An article of the 2004 guideline on real-estate lending."""
    return Citation(
        document=REAL_ESTATE_2004, number="银监发〔2004〕57号", article=article, standing=Standing.NORMATIVE_DOCUMENT, verified=REPORT
    )


def civil_code(article: str) -> Citation:
    """An article of the Civil Code, in force from 1 January 2021."""
    return Citation(
        document=CIVIL_CODE,
        number="主席令第45号",
        article=article,
        in_force_from="2021-01-01",
        standing=Standing.LAW,
        verified=TEXT,
    )


def personal_information_law(article: str) -> Citation:
    """An article of the Personal Information Protection Law, in force from 1 November 2021."""
    return Citation(
        document=PERSONAL_INFORMATION, number="主席令第91号", article=article, in_force_from="2021-11-01", standing=Standing.LAW, verified=TEXT
    )


def commercial_bank_law(article: str) -> Citation:
    """An article of the Commercial Bank Law."""
    return Citation(document=COMMERCIAL_BANK_LAW, article=article, standing=Standing.LAW, verified=REPORT)


def civil_procedure(article: str | None = None, *, verified: bool) -> Citation:
    """An article of the Civil Procedure Law as it is numbered since 2024."""
    return Citation(
        document=CIVIL_PROCEDURE_LAW,
        article=article,
        in_force_from="2024-01-01",
        standing=Standing.LAW,
        verified=TEXT if verified else (),
    )


def down_payment_notice(since: Date, *, verified: bool, number: str | None = None) -> Citation:
    """The notice of the central bank and the regulator on down payments of the day *since*."""
    return Citation(
        document=DOWN_PAYMENT,
        number=number,
        in_force_from=since,
        standing=Standing.NORMATIVE_DOCUMENT,
        verified=verified,
    )


def house_sales(article: str) -> Citation:
    """An article of the interpretation on sales of commodity housing, as amended from 1 January 2021."""
    return Citation(document=HOUSE_SALES, article=article, in_force_from="2021-01-01", standing=Standing.JUDICIAL_INTERPRETATION, verified=TEXT)


def civil_procedure_explained(article: str) -> Citation:
    """An article of the interpretation of the Civil Procedure Law."""
    return Citation(document=CIVIL_PROCEDURE_EXPLAINED, article=article, standing=Standing.JUDICIAL_INTERPRETATION, verified=TEXT)


def shop_notice(since: Date, *, number: str | None = None, verified: bool) -> Citation:
    """The notice on credit for shops and offices of the day *since*."""
    return Citation(document=SHOP_CREDIT, number=number, in_force_from=since, standing=Standing.NORMATIVE_DOCUMENT, verified=verified)


#: Who reports a bad record of a person tells that person first.
TELL_FIRST: Final = Citation(
    document=CREDIT_REPORTING, number="国务院令第631号", article="15", in_force_from="2013-03-15", standing=Standing.ADMINISTRATIVE_REGULATION, verified=TEXT
)

#: The two places where a person can be insolvent: by local regulations, which reports tell of.
INSOLVENCY_SHENZHEN: Final = Citation(
    document=Label("深圳经济特区个人破产条例", "Regulation on Personal Insolvency of the Shenzhen Special Economic Zone"), in_force_from="2021-03-01", standing=Standing.LOCAL_REGULATION
)
INSOLVENCY_XIAMEN: Final = Citation(
    document=Label("厦门经济特区个人破产保护条例", "Regulation on Personal Insolvency of the Xiamen Special Economic Zone"), in_force_from="2025-11-01", standing=Standing.LOCAL_REGULATION, verified=True
)

#: The pilot, which leaves housing loans out. It was prolonged to the end of 2022, of 2025 and, by a notice of 29 December 2025, of 2026,
#: and goes on until there are rules in its place.
BULK_TRANSFER: Final = Citation(
    document=BULK_TRANSFER_2021, number="银保监办便函〔2021〕26号", in_force_from="2021-01-07", standing=Standing.NORMATIVE_DOCUMENT, verified=True
)

#: Outside the pilot personal loans may not be sold in bulk; from memory.
NO_BULK_TRANSFER: Final = Citation(document=BULK_TRANSFER_2012, number="财金〔2012〕6号", article="8", standing=Standing.NORMATIVE_DOCUMENT)

#: What financial difficulty is, and what makes a restructured asset: paragraph 5 of the return on the five categories.
RESTRUCTURED_ASSET: Final = Citation(
    document=CLASSIFICATION_RETURN, number="1104 G11 (2024)", article="5", standing=Standing.RETURN_INSTRUCTION, verified=TEXT
)

#: Loans for projects that are stalled or late are reported: paragraph 2.5 of the return on real-estate lending.
STALLED_PROJECTS: Final = Citation(
    document=REAL_ESTATE_RETURN, number="1104 S67 (2024), 2.5", standing=Standing.RETURN_INSTRUCTION, verified=TEXT
)

#: When a bank may write a claim off; named from memory.
WRITE_OFF_RULES: Final = Citation(document=WRITE_OFF_2017, number="财金〔2017〕90号", standing=Standing.NORMATIVE_DOCUMENT)

#: A national standard that nobody is bound by: how borrowers are to be called.
COLLECTION: Final = Citation(
    document=COLLECTION_2025, number="GB/T 45251—2025", in_force_from="2025-02-28", standing=Standing.NATIONAL_STANDARD, verified=True
)

#: Events ask for a valuation by the guideline, from memory; how old the last one may be is for the bank to say.
EVENTS: Final = set_by_bank(collateral_2017("19", verified=False))
