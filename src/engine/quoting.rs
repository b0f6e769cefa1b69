//! Quoting: finding what a basket needs among the open packs.

use super::{Engine, OpenPack};
use crate::assessment::{Context, Notice, SourceId};
use crate::basket::Basket;
use crate::destination::{Rules, Severity};
use crate::error::{Error, ErrorCode, Field};
use crate::exchange::{Exchange, ReferenceRates};
use crate::gather::gather;
use crate::landed_cost::{self, Quote, QuotedPack, QuotedSource};
use crate::pack::PackKind;
use crate::tariff::Tariff;

/// Days after which a tariff is called old: one revision of an ordinary schedule.
const TARIFF_STALE_DAYS: i32 = 35;
/// Days after which a reference rate is called old: more than any run of holidays.
const RATE_STALE_DAYS: i32 = 7;

impl Engine {
    /// Quotes a basket.
    ///
    /// # Errors
    /// [`ErrorCode::PlaceUnknown`] and [`ErrorCode::DateOutsideCoverage`] where no open pack answers; [`ErrorCode::PackMissing`] where
    /// measures for an item's origin exist and are not open, since a quote without them would be too low; and those of
    /// [`landed_cost::quote`].
    pub fn quote<'a>(&'a self, basket: &'a Basket) -> Result<Quote<'a>, Error> {
        self.quote_under(self.rules_for(basket)?, basket)
    }

    /// Quotes a basket as if these were the rules of its destination: a reform of the open ones, for instance. The quote names the open
    /// packs all the same; whoever asks says what the rules are.
    ///
    /// # Errors
    /// As [`Engine::quote`].
    pub fn quote_under<'a>(
        &'a self,
        rules: &'a Rules,
        basket: &'a Basket,
    ) -> Result<Quote<'a>, Error> {
        let place = rules
            .place(basket.destination)
            .ok_or(ErrorCode::PlaceUnknown)?;
        let tariff = self.tariff_for(basket, rules)?;
        let exchange = Exchange {
            own: &basket.exchange_rates,
            reference: self.rates.first(),
            pegs: &self.pegs,
            day: basket.date,
        };
        let context = Context {
            rules,
            place,
            tariff,
            exchange,
            basket,
        };
        let mut quote = landed_cost::quote(&context)?;
        let used = self.packs_used(basket, rules, &quote);
        add_publishers(&mut quote, &used);
        add_age_notices(&mut quote, basket, tariff, self.rates.first());
        quote
            .notices
            .push(Notice::new("quote.not-binding", Severity::Info));
        quote.packs = used
            .iter()
            .map(|pack| QuotedPack {
                id: &pack.about.id,
                sha256: &pack.sha256,
            })
            .collect();
        Ok(quote)
    }

    /// The rules of the basket's destination on its day.
    ///
    /// # Errors
    /// [`ErrorCode::PlaceUnknown`] where none are open for it, [`ErrorCode::DateOutsideCoverage`] where none hold on the day.
    pub fn rules_for(&self, basket: &Basket) -> Result<&Rules, Error> {
        let of_place = self
            .rules
            .iter()
            .filter(|rules| rules.place(basket.destination).is_some());
        let unknown = Error::at(ErrorCode::PlaceUnknown, Field::of_request("destination"));
        let mut found = of_place.peekable();
        found.peek().ok_or(unknown)?;
        let in_force = |rules: &&Rules| {
            rules
                .place(basket.destination)
                .is_some_and(|place| place.valid.contains(basket.date))
        };
        found.find(in_force).ok_or(outside_coverage())
    }

    /// The tariff of the territory, covering the day, with the measures of every origin of the basket.
    fn tariff_for(&self, basket: &Basket, rules: &Rules) -> Result<Option<&Tariff>, Error> {
        if rules.tariff.is_empty() {
            return Ok(None);
        }
        let Some((_, tariff)) = self.tariffs.iter().find(|(id, _)| *id == rules.tariff) else {
            // Without the tariff only a caller's own rates can be reckoned with.
            let all_given = basket.items.iter().all(|item| item.duty_rate.is_some());
            return if all_given {
                Ok(None)
            } else {
                Err(ErrorCode::PackMissing.into())
            };
        };
        if !tariff.pack().about().covers.contains(basket.date) {
            // What needs no tariff, a flat rate or the caller's own, is quoted all the same.
            return Ok(None);
        }
        let origins = || basket.items.iter().filter_map(|item| item.origin);
        let needed = tariff
            .dictionary()
            .companions
            .iter()
            .filter(|pack| origins().any(|origin| pack.origins.contains(&origin)));
        let is_open = |id: &String| self.packs.iter().any(|open| open.about.id == *id);
        if needed.into_iter().all(|pack| is_open(&pack.id)) {
            Ok(Some(tariff))
        } else {
            Err(ErrorCode::PackMissing.into())
        }
    }

    fn packs_used(&self, basket: &Basket, rules: &Rules, quote: &Quote<'_>) -> Vec<&OpenPack> {
        let origins = gather(&mut basket.items.iter().filter_map(|item| item.origin));
        let meets = |pack: &&OpenPack| match pack.kind {
            PackKind::Rules => pack.about.tariff == rules.territory,
            PackKind::Tariff => pack.about.tariff == rules.tariff,
            PackKind::Measures => {
                let served = pack.about.origins.as_ref();
                pack.about.tariff == rules.tariff
                    && served.is_none_or(|served| origins.iter().any(|o| served.contains(o)))
            }
            PackKind::Rates => quote
                .exchange_rates
                .iter()
                .any(|rate| rate.source != "caller"),
            PackKind::Nomenclature
            | PackKind::Index
            | PackKind::Text
            | PackKind::Classifier
            | PackKind::Guide => false,
        };
        gather(&mut self.packs.iter().filter(meets))
    }
}

fn outside_coverage() -> Error {
    Error::at(ErrorCode::DateOutsideCoverage, Field::of_request("date"))
}

/// Adds the publishers of the packs that lines and rates name as their source; several packs may come from one.
fn add_publishers<'a>(quote: &mut Quote<'a>, used: &[&'a OpenPack]) {
    for source in used.iter().flat_map(|pack| &pack.about.sources) {
        let id = SourceId::of_file(&source.id);
        let named = quote.lines.iter().any(|line| line.source == id)
            || quote
                .exchange_rates
                .iter()
                .any(|rate| rate.source == source.id);
        if named && !quote.sources.iter().any(|(other, _)| *other == id) {
            let quoted = QuotedSource {
                title: &source.title,
                publisher: &source.publisher,
                url: &source.url,
                as_of: source.as_of,
            };
            quote.sources.push((id, quoted));
        }
    }
}

fn add_age_notices(
    quote: &mut Quote<'_>,
    basket: &Basket,
    tariff: Option<&Tariff>,
    rates: Option<&ReferenceRates>,
) {
    if let Some(about) = tariff.map(|tariff| tariff.pack().about()) {
        let age = basket.date.days_since(about.as_of);
        if age > TARIFF_STALE_DAYS {
            quote.notices.push(
                Notice::new("tariff.stale", Severity::Warning)
                    .with("asOf", &about.as_of)
                    .with("days", &age),
            );
        } else if age < 0 {
            quote.notices.push(
                Notice::new("tariff.later-edition", Severity::Warning).with("asOf", &about.as_of),
            );
        }
    }
    for rate in quote.exchange_rates.iter().filter(|_| rates.is_some()) {
        let Some(date) = rate.date else { continue };
        let notice = if basket.date.days_since(date) > RATE_STALE_DAYS {
            Notice::new("exchange-rate.stale", Severity::Warning)
        } else {
            Notice::new("exchange-rate.reference", Severity::Info)
        };
        quote.notices.push(
            notice
                .with("date", &date)
                .with("pair", &format_args!("{}/{}", rate.from, rate.to)),
        );
    }
}
