//! What comes back of a quote's charges when goods are returned.
//!
//! A charge on an item comes back by the share of its pieces that are returned; one on the consignment by the share of the goods' value.
//! An amount that is fixed for each so-and-so comes back for those of which nothing is kept: a handling fee for the parcel only with the
//! whole parcel. What comes back of that share, how, and until when, say the rules of the destination; where none does, it is unknown,
//! which is neither all nor nothing. Amounts are rounded down to the minor unit, so that nobody is promised a cent too much.

use super::quote::{Line, Quote, Status};
use crate::assessment::{ChargeKind, SourceId, TARIFF_ITEM_DIGITS};
use crate::basket::{Basket, Item};
use crate::calendar::CalendarDate;
use crate::confidence::Confidence;
use crate::decimal::{self, Decimal, Rounding, RoundingMode};
use crate::destination::{DutyTreatment, FeeCharge, FeeUnit, RefundRule, RefundWay, Rules};
use crate::error::{Error, ErrorCode, Field};
use crate::json::{self, Json};
use crate::money::{CurrencyCode, as_text, as_text_or_null};
use serde::Serialize;

/// Decimals of a quantity in a request.
const QUANTITY_DECIMALS: usize = 6;

/// The goods that come back: the request's `"returned": [{"id": "sku-1", "quantity": "1"}]`, and its `releasedOn`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// How many pieces of each item, in the basket's order.
    quantities: Vec<Decimal>,
    /// The day on which customs released the goods; the day of the request where it does not say.
    pub released_on: Option<CalendarDate>,
}

impl Returned {
    /// Reads what a request says of returned goods. An item that is not named is kept.
    ///
    /// # Errors
    /// Of the field `returned`: [`ErrorCode::InputMissing`] without it, [`ErrorCode::InputChoice`] for an id that is no item's,
    /// [`ErrorCode::ItemDuplicate`] for one that is named twice, [`ErrorCode::AmountOutOfRange`] for more pieces than were bought.
    pub fn parse(request: &str, basket: &Basket) -> Result<Self, Error> {
        let request = json::parse(request)?;
        let field = Field::of_request("returned");
        let entries = match request.field("returned") {
            Some(Json::Array(entries)) => entries,
            Some(_) => return Err(Error::at(ErrorCode::InputType, field)),
            None => return Err(Error::at(ErrorCode::InputMissing, field)),
        };
        let mut quantities: Vec<Option<Decimal>> = vec![None; basket.items.len()];
        for entry in entries {
            let (position, quantity) = read(entry, basket).map_err(|error| error.or_at(field))?;
            match quantities.get_mut(position) {
                Some(Some(_)) => return Err(Error::at(ErrorCode::ItemDuplicate, field)),
                Some(of_item) => *of_item = Some(quantity),
                None => {}
            }
        }
        Ok(Self {
            quantities: quantities
                .into_iter()
                .map(Option::unwrap_or_default)
                .collect(),
            released_on: released_on(&request)?,
        })
    }

    fn of(&self, position: usize) -> Decimal {
        self.quantities.get(position).copied().unwrap_or_default()
    }
}

fn read(entry: &Json<'_>, basket: &Basket) -> Result<(usize, Decimal), Error> {
    let text = |name: &str| {
        let value = entry.field(name).ok_or(ErrorCode::InputMissing)?;
        value.text().ok_or(ErrorCode::InputType)
    };
    let (id, quantity) = (
        text("id")?,
        decimal::parse(text("quantity")?, QUANTITY_DECIMALS)?,
    );
    let mut items = basket.items.iter().enumerate();
    let (position, item) = items
        .find(|(_, item)| item.id == id)
        .ok_or(ErrorCode::InputChoice)?;
    if quantity.is_sign_negative() && !quantity.is_zero() {
        return Err(ErrorCode::AmountNegative.into());
    }
    if quantity > item.quantity {
        return Err(ErrorCode::AmountOutOfRange.into());
    }
    Ok((position, quantity))
}

fn released_on(request: &Json<'_>) -> Result<Option<CalendarDate>, Error> {
    let field = Field::of_request("releasedOn");
    let Some(value) = request.field("releasedOn") else {
        return Ok(None);
    };
    let text = value.text().ok_or(Error::at(ErrorCode::InputType, field))?;
    let day = CalendarDate::parse(text).map_err(|error| error.or_at(field))?;
    Ok(Some(day))
}

/// What comes back, line by line and in all.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Refund {
    /// How far the quote goes that it rests on: of a range it takes the median, and an unknown charge is not in it.
    pub status: Status,
    /// The destination's currency.
    pub currency: CurrencyCode,
    /// The day from which the days for claims are counted.
    pub released_on: CalendarDate,
    /// Whether that day is the request's `date`, for want of a `releasedOn`.
    pub release_assumed: bool,
    /// The charges.
    pub lines: Vec<RefundLine>,
    /// What they add up to.
    pub totals: RefundTotals,
}

/// A charge, and what comes back of it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RefundLine {
    /// What it is.
    pub kind: ChargeKind,
    /// The measure, tax or fee.
    pub measure: String,
    /// The item's id; `null` for the consignment.
    pub item: Option<String>,
    /// What was charged.
    #[serde(serialize_with = "as_text")]
    pub amount: Decimal,
    /// The part of it that is on the returned goods.
    #[serde(serialize_with = "as_text")]
    pub on_returned: Decimal,
    /// What comes back; `null` where no rule says.
    #[serde(serialize_with = "as_text_or_null")]
    pub back: Option<Decimal>,
    /// The working.
    pub formula: String,
    /// How: `seller`, `claim`, `drawback`, `return`, `no`, or `unknown` where no rule says.
    pub how: &'static str,
    /// Whom it comes back to: who bore it.
    pub to: &'static str,
    /// The last day for a claim; `null` where the rule names none, or nothing comes back.
    pub last_day: Option<CalendarDate>,
    /// What proves the claim.
    pub proof: String,
    /// The law that says so; `null` where none does.
    pub law: Option<RefundLaw>,
}

/// The law of a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefundLaw {
    /// Its title.
    pub title: String,
    /// Where a reader finds it.
    pub url: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Sums of the lines. What is on returned goods comes back, does not, or is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RefundTotals {
    /// All charges.
    #[serde(serialize_with = "as_text")]
    pub charged: Decimal,
    /// The part on the returned goods.
    #[serde(serialize_with = "as_text")]
    pub on_returned: Decimal,
    /// What of it comes back.
    #[serde(serialize_with = "as_text")]
    pub back: Decimal,
    /// What of it does not.
    #[serde(serialize_with = "as_text")]
    pub not_back: Decimal,
    /// Of what of it no rule says whether it does.
    #[serde(serialize_with = "as_text")]
    pub unknown: Decimal,
}

/// What comes back of a quote's charges.
///
/// # Errors
/// Where an amount has more digits than a decimal holds.
pub fn refund(
    rules: &Rules,
    basket: &Basket,
    returned: &Returned,
    quote: &Quote<'_>,
) -> Result<Refund, Error> {
    let released_on = returned.released_on.unwrap_or(basket.date);
    let cent = Rounding {
        unit: Decimal::new(1, quote.currency.decimals()),
        mode: RoundingMode::Down,
    };
    let context = Context {
        rules,
        basket,
        returned,
        released_on,
        cent,
    };
    let nought = cent.apply(Decimal::ZERO)?;
    let mut totals = RefundTotals {
        charged: nought,
        on_returned: nought,
        back: nought,
        not_back: nought,
        unknown: nought,
    };
    let mut lines = Vec::new();
    for line in quote
        .lines
        .iter()
        .filter(|line| line.kind != ChargeKind::Relief)
    {
        let line = context.line(line)?;
        totals.add(&line)?;
        lines.push(line);
    }
    Ok(Refund {
        status: quote.status,
        currency: quote.currency,
        released_on,
        release_assumed: returned.released_on.is_none(),
        lines,
        totals,
    })
}

impl RefundTotals {
    fn add(&mut self, line: &RefundLine) -> Result<(), Error> {
        self.charged = decimal::add(self.charged, line.amount)?;
        self.on_returned = decimal::add(self.on_returned, line.on_returned)?;
        match line.back {
            Some(back) => {
                let rest = decimal::subtract(line.on_returned, back)?;
                self.back = decimal::add(self.back, back)?;
                self.not_back = decimal::add(self.not_back, rest)?;
            }
            None => self.unknown = decimal::add(self.unknown, line.on_returned)?,
        }
        Ok(())
    }
}

/// A part of a whole, as a fraction; a whole of nothing has no part.
#[derive(Clone, Copy, Debug)]
struct Part {
    of: Decimal,
    over: Decimal,
}

impl Part {
    const NONE: Self = Self {
        of: Decimal::ZERO,
        over: Decimal::ONE,
    };

    fn counted(of: usize, over: usize) -> Self {
        Self {
            of: Decimal::from(of),
            over: Decimal::from(over.max(1)),
        }
    }
}

struct Context<'a> {
    rules: &'a Rules,
    basket: &'a Basket,
    returned: &'a Returned,
    released_on: CalendarDate,
    cent: Rounding,
}

impl Context<'_> {
    fn line(&self, line: &Line<'_>) -> Result<RefundLine, Error> {
        let part = self.part(line)?;
        let on_returned = self.share(line.amount, part)?;
        let carriers = line.source == SourceId::CALLER && line.kind == ChargeKind::Fee;
        let rule = line.refund;
        let how = match rule {
            Some(rule) => rule.how.as_str(),
            None if carriers => RefundWay::No.as_str(),
            None => "unknown",
        };
        let back = match rule {
            Some(rule) => Some(self.back(line.amount, part, rule)?),
            None => carriers.then_some(self.cent.apply(Decimal::ZERO)?),
        };
        let claimed = rule.filter(|rule| rule.how != RefundWay::No);
        let last_day = claimed.and_then(|rule| rule.within_days);
        Ok(RefundLine {
            kind: line.kind,
            measure: line.measure.to_owned(),
            item: line.item.map(str::to_owned),
            amount: line.amount,
            on_returned,
            back,
            formula: formula(line.amount, part, claimed, back),
            how,
            to: line.payer,
            last_day: last_day.and_then(|days| self.released_on.plus_days(i32::from(days))),
            proof: rule.map(|rule| rule.proof.clone()).unwrap_or_default(),
            law: rule.map(|rule| RefundLaw {
                title: rule.law.title.clone(),
                url: rule.law.url.clone(),
                confidence: rule.law.confidence,
            }),
        })
    }

    fn back(&self, amount: Decimal, part: Part, rule: &RefundRule) -> Result<Decimal, Error> {
        if rule.how == RefundWay::No {
            return self.cent.apply(Decimal::ZERO);
        }
        let part = match rule.share {
            None => part,
            Some(share) => Part {
                of: share.of(part.of)?,
                over: part.over,
            },
        };
        self.share(amount, part)
    }

    /// A part of an amount, rounded down: a quotient that was rounded up to the next unit is put right.
    fn share(&self, amount: Decimal, part: Part) -> Result<Decimal, Error> {
        let exact = decimal::multiply(amount, part.of)?;
        let decimals = self.cent.unit.scale().saturating_add(2);
        let near = decimal::divide(exact, part.over, decimals)?;
        let rounded = self.cent.apply(near)?;
        if decimal::multiply(rounded, part.over)? > exact {
            return decimal::subtract(rounded, self.cent.unit);
        }
        Ok(rounded)
    }

    /// The part of a line that is on the returned goods.
    fn part(&self, line: &Line<'_>) -> Result<Part, Error> {
        if let Some(part) = self
            .part_of_flat_duty(line)
            .or_else(|| self.part_of_fixed_fee(line))
        {
            return Ok(part);
        }
        match line.item.and_then(|id| self.item(id)) {
            Some((position, item)) => Ok(Part {
                of: self.returned.of(position),
                over: item.quantity,
            }),
            None => self.part_of_value(),
        }
    }

    fn item(&self, id: &str) -> Option<(usize, &Item)> {
        let mut items = self.basket.items.iter().enumerate();
        items.find(|(_, item)| item.id == id)
    }

    fn is_returned(&self, position: usize, item: &Item) -> bool {
        self.returned.of(position) == item.quantity
    }

    /// The returned goods' share of the value; of goods without value, all or nothing.
    fn part_of_value(&self) -> Result<Part, Error> {
        let (mut of, mut over) = (Decimal::ZERO, Decimal::ZERO);
        for (position, item) in self.basket.items.iter().enumerate() {
            let value = |pieces| decimal::multiply(pieces, item.unit_price);
            of = decimal::add(of, value(self.returned.of(position))?)?;
            over = decimal::add(over, value(item.quantity)?)?;
        }
        if over.is_zero() {
            return Ok(self.part_of_groups(|_, _| true));
        }
        Ok(Part { of, over })
    }

    /// How many of the basket's groups come back whole; items are of one group where `alike` says so.
    fn part_of_groups(&self, alike: impl Fn(&Item, &Item) -> bool) -> Part {
        let mut firsts: Vec<&Item> = Vec::new();
        let mut whole = 0_usize;
        for item in &self.basket.items {
            if firsts.iter().any(|first| alike(first, item)) {
                continue;
            }
            firsts.push(item);
            let mut group = self.basket.items.iter().enumerate();
            let all = group.all(|(at, other)| !alike(item, other) || self.is_returned(at, other));
            whole = whole.saturating_add(usize::from(all));
        }
        Part::counted(whole, firsts.len())
    }

    /// A flat duty is on the first item of its code, and for all of them.
    fn part_of_flat_duty(&self, line: &Line<'_>) -> Option<Part> {
        let (_, first) = line.item.and_then(|id| self.item(id))?;
        let day = self.basket.date;
        let mut regimes = self.rules.regime.iter();
        let regime = regimes.find(|regime| {
            regime.valid.contains(day)
                && line.source == SourceId::of_law(&self.rules.territory, &regime.id)
        })?;
        let DutyTreatment::FlatPerTariffItem { digits, .. } = &regime.duty else {
            return None;
        };
        let code = first.code.prefix(*digits);
        let mut items = self.basket.items.iter().enumerate();
        let whole =
            items.all(|(at, item)| item.code.prefix(*digits) != code || self.is_returned(at, item));
        Some(if whole {
            Part::counted(1, 1)
        } else {
            Part::NONE
        })
    }

    fn part_of_fixed_fee(&self, line: &Line<'_>) -> Option<Part> {
        if line.kind != ChargeKind::Fee {
            return None;
        }
        if line.source == SourceId::CALLER {
            return Some(self.part_of_groups(|_, _| true));
        }
        let (day, place) = (self.basket.date, self.basket.destination);
        let mut fees = self.rules.fee.iter();
        let fee = fees.find(|fee| {
            fee.id == line.measure
                && fee.valid.contains(day)
                && (fee.places.is_empty() || fee.places.contains(&place))
        })?;
        let FeeCharge::Fixed { per, .. } = &fee.charge else {
            return None;
        };
        Some(match per {
            FeeUnit::Consignment => self.part_of_groups(|_, _| true),
            FeeUnit::TariffItem => self.part_of_groups(|one, other| {
                one.code.prefix(TARIFF_ITEM_DIGITS) == other.code.prefix(TARIFF_ITEM_DIGITS)
            }),
            FeeUnit::Line => self.part_of_groups(|one, other| one.id == other.id),
        })
    }
}

fn formula(
    amount: Decimal,
    part: Part,
    rule: Option<&RefundRule>,
    back: Option<Decimal>,
) -> String {
    let (Some(rule), Some(back)) = (rule, back) else {
        return String::new();
    };
    let share = rule
        .share
        .map_or(String::new(), |share| format!(" × {share}"));
    let (of, over) = (part.of.normalize(), part.over.normalize());
    format!("{amount} × {of} / {over}{share} = {back}")
}
