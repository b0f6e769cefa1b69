//! Values, and sums over the consignment.

use super::stage::{LAW, amounts, item, place, quoted, rated, request, try_quoted, with, workings};
use serde_json::json;

#[test]
fn the_price_is_told_in_the_currency_of_the_request() {
    let mut asked = request(&[rated("10.00"), rated("30.00")]);
    asked["currency"] = json!("USD");
    asked["exchangeRates"] = json!({ "USD/EUR": "0.5" });
    asked["freight"] = json!("8.00");
    asked["insurance"] = json!("2.00");
    asked["discount"] = json!("4.00");
    let quote = quoted(&place(""), &asked);
    let stated = &quote["totalsInRequestCurrency"];
    assert_eq!(stated["goods"], "36.00");
    assert_eq!(stated["freight"], "8.00");
    assert_eq!(stated["insurance"], "2.00");
    assert_eq!(quote["totals"]["goods"], "18.00");
}

#[test]
fn no_more_can_be_taken_off_than_the_goods_cost() {
    let asked = |discount: &str| with(request(&[rated("10.00")]), "discount", json!(discount));
    let engine = place("");
    let free = quoted(&engine, &asked("10.00"));
    assert_eq!(free["totals"]["goods"], "0.00");
    assert_eq!(free["totals"]["landedCost"], "0.00");
    let less = quoted(&engine, &asked("9.99"));
    assert_eq!(less["totals"]["goods"], "0.01");
    let refused = try_quoted(&engine, &asked("10.01")).unwrap_err();
    assert_eq!(refused, "amount.out-of-range at discount");
}

const DUTIES_TOGETHER: &str =
    "[[rounding]]\nat = \"duty\"\nscope = \"consignment\"\nunit = \"1\"\nmode = \"down\"\n";

#[test]
fn duties_that_are_rounded_together_show_the_whole_sum() {
    let engine = place(&format!("{DUTIES_TOGETHER}{LAW}\n"));
    let quote = quoted(&engine, &request(&[rated("14.00"), rated("25.50")]));
    let working = "14.00 × 10 % + 25.50 × 10 % = 3.95 → 3.00";
    assert_eq!(workings(&quote, "duty"), [working]);
    assert_eq!(amounts(&quote, "duty"), ["3.00"]);
    assert_eq!(quote["lines"][0]["rate"], "10 %");
    assert_eq!(quote["lines"][0]["basis"], "39.50");

    // A rate that is not both items' is none of the line's.
    let other = with(item("610910", "25.50"), "dutyRate", json!("20"));
    let quote = quoted(&engine, &request(&[rated("14.00"), other]));
    let working = "14.00 × 10 % + 25.50 × 20 % = 6.5 → 6.00";
    assert_eq!(workings(&quote, "duty"), [working]);
    assert_eq!(quote["lines"][0]["rate"], "");
}
