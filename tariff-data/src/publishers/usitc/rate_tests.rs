//! One real text of every shape in chapters 1 to 97.

use dutiable::tariff::DutyExpression;

use super::*;

fn says(text: &str, expected: &str) {
    let read = rate(text).map(|rate| rate.expression);
    assert_eq!(read.as_deref(), Ok(expected), "{text}");
    assert!(
        DutyExpression::parse(expected).is_ok(),
        "not canonical: {expected}"
    );
}

#[test]
fn percentages() {
    says("6.8%", "6.8 %");
    says("3.7% ", "3.7 %");
    says("Free", "0 %");
    says("33 1/3%", "33.33333333 %");
    says("6.5% on the entire set", "6.5 %");
    says("2.5% on the value of the lead content", "2.5 % of lead");
}

#[test]
fn amounts_for_a_unit() {
    says("1¢/kg", "0.01 USD/kg");
    says("$1.646/kg", "1.646 USD/kg");
    says("4.5¢/ liter", "0.045 USD/l");
    says("0.9¢ each", "0.009 USD/item");
    says("68¢/head", "0.68 USD/item");
    says("5.25¢/bbl", "0.0525 USD/bbl");
    says("89.6¢/1000", "0.896 USD/thousand");
    says("$1.13/m3", "1.13 USD/m3");
    says("2.8¢/doz.", "0.028 USD/dozen");
    says("38¢/m2", "0.38 USD/m2");
    says("86.1¢/m2of recording surface", "0.861 USD/m2-recording");
    says("18.9¢/pf.liter", "0.189 USD/l-proof");
    says(
        "$1.32/t, including weight of container",
        "1.32 USD/1000 kg-with-container",
    );
    says("20¢/gross of immediate containers", "0.2 USD/144 container");
    says("3.3¢/lin. m", "0.033 USD/m");
}

#[test]
fn amounts_for_a_content() {
    says("3.7¢/kg on drained weight", "0.037 USD/kg-drained");
    says(
        "5¢/kg on contents and container",
        "0.05 USD/kg-with-container",
    );
    says(
        "2.1¢/kg on entire contents of container",
        "0.021 USD/kg-contents",
    );
    says("3.6606¢/kg of total sugars", "0.036606 USD/kg-sugars");
    says("18.7¢/clean kg", "0.187 USD/kg-clean");
    says("$40/kg of anhydrous morphine content", "40 USD/kg-morphine");
    says(
        "8.8¢/kg on copper content + 3.3¢/kg on lead content + 3.7¢/kg on zinc content",
        "0.088 USD/kg-copper + 0.033 USD/kg-lead + 0.037 USD/kg-zinc",
    );
}

#[test]
fn compounds() {
    says("46.3¢/kg + 14.9%", "0.463 USD/kg + 14.9 %");
    says("40¢/kg +10.4%", "0.4 USD/kg + 10.4 %");
    says("$9.92/kg+ 25%", "9.92 USD/kg + 25 %");
    says("2.2¢/kg  +  33.5%", "0.022 USD/kg + 33.5 %");
    says("76¢/pr. + 32%", "0.76 USD/pair + 32 %");
    says("10¢/1,000 pins + 3.5%", "0.1 USD/1000 pin + 3.5 %");
    says("0.3¢/line/ gross + 4.6%", "0.003 USD/gross-line + 4.6 %");
    says("$2.50/thou- sand + 40%", "2.5 USD/thousand + 40 %");
    says(
        "13.5¢/kg + 6.3% + 1.9¢/article",
        "0.135 USD/kg + 6.3 % + 0.019 USD/item",
    );
    says(
        "3.1¢/liter + 22.1¢/pf. liter on ethyl alcohol content",
        "0.031 USD/l + 0.221 USD/l-proof",
    );
}

#[test]
fn parts_of_a_watch() {
    says(
        "44¢ each + 6% on the case + 14% on the strap, band or bracelet + 5.3% on the battery",
        "0.44 USD/item + 6 % of case + 14 % of strap + 5.3 % of battery",
    );
    says(
        "41¢ each + 5% on case and strap, band or bracelet + 4.2% on the battery",
        "0.41 USD/item + 5 % of case-and-strap + 4.2 % of battery",
    );
    says(
        "3.9% on the movement and case+ 5.3% on the battery",
        "3.9 % of movement-and-case + 5.3 % of battery",
    );
    says(
        "43¢ each + 2.8¢/jewel over 7 + 3.7% on the case",
        "0.43 USD/item + 0.028 USD/jewel-over-7 + 3.7 % of case",
    );
    says(
        "17¢ each + 2.5% + 1¢/jewel",
        "0.17 USD/item + 2.5 % + 0.01 USD/jewel",
    );
    says(
        "4.7% on the value of the rifle + 20% on the value of the telescopic sight, if any",
        "4.7 % of rifle + 20 % of telescopic-sight",
    );
    says(
        "$2.70 each + 45% on the case + 35% on thebattery",
        "2.7 USD/item + 45 % of case + 35 % of battery",
    );
}

#[test]
fn sugar_by_its_polarisation() {
    says(
        "3.6606¢/kg less 0.020668¢/kg for each degree under 100 degrees (and fractions of a degree in proportion) \
         but not less than 3.143854¢/kg",
        "0.036606 USD/kg - 0.00020668 USD/kg-degree MIN 0.03143854 USD/kg",
    );
    says(
        "4.3817¢/kg less 0.0622005¢ /kg for each degree under 100 degrees (and fractions of a degree in proportion) \
         but not less 2.831562¢ /kg",
        "0.043817 USD/kg - 0.0622005 USD/100 kg-degree MIN 0.02831562 USD/kg",
    );
}

#[test]
fn what_no_expression_says_has_a_reason() {
    assert_eq!(
        rate("The rate applicable to the natural juice in heading 2009"),
        Err(OTHER_LINES)
    );
    assert_eq!(rate("See additional U.S. note 1"), Err(SEE_NOTE));
    assert_eq!(
        rate(
            "4.3% + 1.7¢/jewel + 0.2¢ for each other piece or part, but … shall not exceed the duty"
        ),
        Err(CAPPED_BY_LINE)
    );
    assert_eq!(rate("5% on Sundays"), Err(UNKNOWN_WORDS));
}

#[test]
fn what_the_expression_cannot_say_is_a_flag() {
    assert_eq!(rate("33 1/3%").map(|rate| rate.flag), Ok(Some("rounded")));
    let expected = Rate {
        expression: "0 %".into(),
        flag: Some("end-use"),
    };
    assert_eq!(rate("Free, under bond"), Ok(expected));
}
