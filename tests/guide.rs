#![expect(clippy::print_stdout, reason = "a test says what it counted")]
//! Guided classification from the packs as built: the examples of `tests/guide/examples.csv`, and what holds of every question.

mod support;

use dutiable::navigator::guide::{
    GOODS, Guide, GuideAnswer, Guided, MAX_STEPS, NONE, Question, SIZE, Subject, UNKNOWN,
};
use dutiable::navigator::{IndexSections, Navigator, Ranking};
use dutiable::nomenclature::{CommodityCode, Tree};
use dutiable::pack::Pack;
use dutiable::place::PlaceCode;
use dutiable::{Engine, engine::sections};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The engine's parts, as a page has them.
struct Parts {
    navigator: Navigator,
    guide: Guide,
}

impl Parts {
    fn open() -> Result<Self, String> {
        let packs = support::packs()?;
        let of = |id: &str| -> Result<Pack, String> {
            let found = packs.iter().find(|pack| pack.id == id);
            let found = found.ok_or_else(|| format!("there is no pack {id}"))?;
            Pack::open(found.bytes.clone()).map_err(|error| error.to_string())
        };
        let (tree, index, facets) = (of("hs2022")?, of("hs2022.index")?, of("hs2022.facets")?);
        let titles = of("hs2022.en")?;
        let open = || -> Result<Self, dutiable::Error> {
            let index = IndexSections {
                words: index.section(sections::WORDS)?,
                postings: index.section(sections::POSTINGS)?,
                texts: index.section(sections::TEXTS)?,
                weights: index.section(sections::WEIGHTS)?,
                language: None,
            };
            let mut navigator = Navigator::open(tree.section(sections::TREE)?, index)?;
            navigator.set_titles(titles.section(sections::TITLES)?)?;
            Ok(Self {
                navigator,
                guide: Guide::open(
                    facets.section(sections::FACETS)?,
                    facets.section(sections::PROFILES)?,
                    facets.section(sections::NOTES)?,
                )?,
            })
        };
        open().map_err(|error| error.to_string())
    }

    fn ask<'p>(&'p self, subject: &Subject, answers: &[GuideAnswer]) -> Result<Guided<'p>, String> {
        let guided = self.navigator.guide(&self.guide, subject, answers, None);
        guided.map_err(|error| error.to_string())
    }

    /// Whether an answer is true of a code. What is not known of it is true of it too.
    fn is_true(&self, question: &Question<'_>, value: &str, code: &str) -> Result<bool, String> {
        let others = || {
            question
                .answers
                .iter()
                .filter(|answer| answer.value != NONE)
        };
        if question.facet == GOODS || question.facet == SIZE {
            let is_other = others().all(|answer| !code.starts_with(&answer.value));
            return Ok(if value == NONE {
                is_other
            } else {
                code.starts_with(value)
            });
        }
        let vocabulary = self.guide.vocabulary();
        let position = vocabulary.position(question.facet).ok_or("no such facet")?;
        let facet = vocabulary.facets.get(position).ok_or("no such facet")?;
        let code = CommodityCode::parse(code).map_err(|error| error.to_string())?;
        let node = self.navigator.tree().find(code).ok_or("no such code")?;
        let known = self.guide.values(node).get(position).copied().unwrap_or(0);
        let offered = |answer: &str| -> u32 {
            let answers = question
                .answers
                .iter()
                .filter(|other| other.value == answer);
            let ids = answers.flat_map(|answer| &answer.ids);
            let names = ids.filter_map(|id| id.strip_prefix(question.facet)?.strip_prefix('.'));
            names
                .filter_map(|name| facet.value(name))
                .fold(0, |all, value| all | value)
        };
        let named = others().fold(0, |all, answer| all | offered(&answer.value));
        Ok(known == 0
            || if value == NONE {
                known & 1 != 0 || known & named == 0
            } else {
                known & offered(value) != 0
            })
    }
}

#[derive(Debug, Deserialize)]
struct Example {
    query: String,
    candidates: String,
    first: String,
    answers: String,
    code: String,
    why: String,
}

impl Example {
    fn subject(&self) -> Subject {
        let codes = self.candidates.split(';').filter(|code| !code.is_empty());
        Subject {
            text: Some(self.query.clone()),
            codes: codes.map(str::to_owned).collect(),
            ..Subject::default()
        }
    }
}

fn given(answers: &str) -> Vec<GuideAnswer> {
    let pairs = answers
        .split_whitespace()
        .filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(facet, value)| GuideAnswer {
            facet: facet.to_owned(),
            value: value.to_owned(),
        })
        .collect()
}

#[test]
fn examples_are_asked_and_answered_as_they_say() -> Result<(), String> {
    let parts = Parts::open()?;
    let (mut count, mut questions) = (0, 0);
    for example in support::table::<Example>("tests/guide/examples.csv")? {
        let (subject, answers) = (example.subject(), given(&example.answers));
        for asked in 0..answers.len() {
            let guided = parts.ask(&subject, answers.get(..asked).unwrap_or_default())?;
            let facet = guided.question.as_ref().map(|question| question.facet);
            let expected = answers.get(asked).map(|answer| answer.facet.as_str());
            assert_eq!(facet, expected, "{example:?} after {asked} answers");
            if asked == 0 {
                assert_eq!(facet, Some(example.first.as_str()), "{example:?}");
            }
        }
        let guided = parts.ask(&subject, &answers)?;
        let left: Vec<&str> = guided
            .candidates
            .iter()
            .map(|left| left.code.as_str())
            .collect();
        assert_eq!(left, [example.code.as_str()], "{example:?}");
        assert_eq!(guided.question, None, "{example:?}");
        assert!(!example.why.is_empty(), "{example:?} gives no reason");
        (count, questions) = (count + 1, questions + answers.len());
    }
    println!("{count} examples, {questions} questions");
    assert!(count >= 60, "only {count} examples were found");
    Ok(())
}

/// A walk through the questions: what is asked about, which candidate is the true one, how each question is answered.
#[derive(Clone, Debug)]
struct Walk {
    text: Option<String>,
    codes: Vec<String>,
    truth: prop::sample::Index,
    choices: Vec<(u8, prop::sample::Index)>,
}

/// Words that shops use, some of which say facets, and headings that differ in many ways.
fn walks() -> impl Strategy<Value = Walk> {
    const WORDS: [&str; 25] = [
        "cotton", "leather", "shirt", "steel", "wooden", "toy", "for", "women's", "electric",
        "plastic", "shoes", "not", "knitted", "parts", "lamp", "glass", "frozen", "set", "cable",
        "with", "gold", "watch", "ring", "é", "…",
    ];
    let text = prop::collection::vec(prop::sample::select(&WORDS[..]), 1..6)
        .prop_map(|words| words.join(" "));
    let codes = prop::collection::vec("[0-9]{4}|6[1-4][0-9]{2}|94|95[0-9]{2}", 0..4);
    let choice = (0_u8..8, any::<prop::sample::Index>());
    (
        prop::option::of(text),
        codes,
        any::<prop::sample::Index>(),
        prop::collection::vec(choice, 6..7),
    )
        .prop_map(|(text, codes, truth, choices)| Walk {
            text,
            codes,
            truth,
            choices,
        })
}

/// Walks with true answers; every eighth is "I don't know".
fn walk(parts: &Parts, walk: &Walk) -> Result<usize, TestCaseError> {
    let failed = |error: String| TestCaseError::fail(error);
    let subject = Subject {
        text: walk.text.clone(),
        codes: walk.codes.clone(),
        ..Subject::default()
    };
    let mut answers: Vec<GuideAnswer> = Vec::new();
    let start = parts.ask(&subject, &answers).map_err(failed)?;
    if start.candidates.is_empty() {
        prop_assert!(start.question.is_none());
        return Ok(0);
    }
    let truth = walk.truth.get(&start.candidates).code.clone();
    let mut count = start.candidates.len();
    for (unknown, choice) in &walk.choices {
        let guided = parts.ask(&subject, &answers).map_err(failed)?;
        let codes: BTreeSet<&str> = guided
            .candidates
            .iter()
            .map(|left| left.code.as_str())
            .collect();
        prop_assert!(
            codes.contains(truth.as_str()),
            "{truth} was dropped by {answers:?}"
        );
        prop_assert!(codes.len() <= count, "{answers:?} added candidates");
        prop_assert_eq!(guided.step, answers.len());
        count = codes.len();
        let Some(question) = &guided.question else {
            prop_assert!(answers.len() <= MAX_STEPS);
            return Ok(answers.len());
        };
        prop_assert!(answers.len() < MAX_STEPS, "a question after the last step");
        sound(question, count)?;
        let value = if *unknown == 0 {
            UNKNOWN.to_owned()
        } else {
            let mut fitting = Vec::new();
            for answer in &question.answers {
                if parts
                    .is_true(question, &answer.value, &truth)
                    .map_err(failed)?
                {
                    fitting.push(answer.value.clone());
                }
            }
            prop_assert!(
                !fitting.is_empty(),
                "no answer is true of {truth}: {question:?}"
            );
            choice.get(&fitting).clone()
        };
        answers.push(GuideAnswer {
            facet: question.facet.to_owned(),
            value,
        });
    }
    Err(TestCaseError::fail("there was always another question"))
}

/// What holds of every question: several answers, each once, each leaves something, and not all leave everything.
fn sound(question: &Question<'_>, count: usize) -> Result<(), TestCaseError> {
    let answers = &question.answers;
    prop_assert!((2..=8).contains(&answers.len()), "{question:?}");
    let values: BTreeSet<&str> = answers.iter().map(|answer| answer.value.as_str()).collect();
    prop_assert_eq!(
        values.len(),
        answers.len(),
        "an answer stands twice: {:?}",
        question
    );
    prop_assert!(
        answers
            .iter()
            .all(|answer| (1..=count).contains(&answer.leaves)),
        "{question:?}"
    );
    prop_assert!(
        answers.iter().any(|answer| answer.leaves < count),
        "{question:?}"
    );
    prop_assert!(question.information > 0);
    Ok(())
}

#[test]
fn true_answers_never_drop_the_truth_and_five_are_enough() -> Result<(), String> {
    let parts = Parts::open()?;
    let mut runner = TestRunner::new(ProptestConfig::with_cases(1000));
    let ran = runner.run(&walks(), |one| walk(&parts, &one).map(|_| ()));
    ran.map_err(|error| error.to_string())
}

#[test]
fn whatever_is_asked_is_answered_or_refused() -> Result<(), String> {
    let parts = Parts::open()?;
    let mut runner = TestRunner::new(ProptestConfig::with_cases(500));
    let answer = (
        "[a-z]{0,8}|material|goods|size|part",
        "[a-z0-9]{0,8}|cotton|other|unknown|6109",
    );
    let answers = prop::collection::vec(answer, 0..7);
    let asked = (
        prop::option::of(any::<String>()),
        prop::collection::vec("[0-9.]{0,11}|[a-z]{1,3}", 0..3),
        answers,
    );
    let ran = runner.run(&asked, |(text, codes, answers)| {
        let subject = Subject {
            text,
            codes,
            ..Subject::default()
        };
        let answers: Vec<GuideAnswer> = answers
            .into_iter()
            .map(|(facet, value)| GuideAnswer { facet, value })
            .collect();
        if let Ok(guided) = parts.ask(&subject, &answers) {
            prop_assert!(answers.len() <= MAX_STEPS);
            prop_assert_eq!(guided.step, answers.len());
        }
        Ok(())
    });
    ran.map_err(|error| error.to_string())
}

#[test]
fn the_facets_are_of_the_whole_tree_and_known_of_most_that_shops_sell() -> Result<(), String> {
    let parts = Parts::open()?;
    let tree: &Tree = parts.navigator.tree();
    let (mut known, mut all) = (0, 0);
    for node in tree.positions() {
        let code = tree
            .code(node)
            .map(|code| code.to_string())
            .unwrap_or_default();
        let values = parts.guide.values(node);
        assert_eq!(
            values.len(),
            parts.guide.vocabulary().facets.len(),
            "{code}"
        );
        if code.len() == 6
            && ["42", "61", "62", "64", "69", "70", "71", "94"]
                .iter()
                .any(|chapter| code.starts_with(chapter))
        {
            let part = parts.guide.vocabulary().position("part");
            let said = values
                .iter()
                .enumerate()
                .filter(|(facet, value)| **value != 0 && Some(*facet) != part);
            (known, all) = (known + usize::from(said.count() > 0), all + 1);
        }
    }
    println!("{known} of {all} subheadings of eight chapters have a facet beside whole and part");
    assert!(known * 10 >= all * 9, "{known} of {all}");
    Ok(())
}

/// The engine as a caller has it, with texts and with a destination.
fn engine() -> Result<Engine, String> {
    let mut engine = Engine::new();
    let wanted = [
        "hs2022",
        "hs2022.index",
        "hs2022.en",
        "hs2022.facets",
        "hs2022.classifier",
        "us.en",
    ];
    for pack in support::packs()? {
        if wanted.contains(&pack.id.as_str()) {
            let opened = engine.open_pack(pack.bytes, Some(&pack.sha256));
            opened.map_err(|error| format!("{}: {error}", pack.id))?;
        }
    }
    Ok(engine)
}

fn answer(facet: &str, value: &str) -> GuideAnswer {
    GuideAnswer {
        facet: facet.to_owned(),
        value: value.to_owned(),
    }
}

#[test]
fn a_query_tells_what_is_not_asked_and_an_answer_can_take_it_back() -> Result<(), String> {
    let engine = engine()?;
    let subject = Subject {
        text: Some("cotton pullover".to_owned()),
        codes: vec!["6109".to_owned(), "6110".to_owned()],
        ..Subject::default()
    };
    let ask = |answers: &[GuideAnswer]| {
        let guided = engine.guide(&subject, answers, None);
        guided.map_err(|error| error.to_string())
    };
    let guided = ask(&[])?;
    let told: Vec<&str> = guided
        .told
        .iter()
        .flat_map(|told| &told.ids)
        .map(String::as_str)
        .collect();
    assert!(told.contains(&"material.cotton"), "{told:?}");
    assert_eq!(guided.candidates.len(), 2, "{guided:?}");
    let doubted = ask(&[answer("material", UNKNOWN)])?;
    assert_eq!(doubted.candidates.len(), 8, "{doubted:?}");
    Ok(())
}

#[test]
fn below_six_digits_the_lines_are_told_apart_by_their_own_designations() -> Result<(), String> {
    let engine = engine()?;
    let us = PlaceCode::parse("US").map_err(|error| error.to_string())?;
    let subject = Subject {
        text: None,
        codes: vec!["610910".to_owned()],
        ..Subject::default()
    };
    let guided = engine
        .guide(&subject, &[], Some(us))
        .map_err(|error| error.to_string())?;
    let question = guided.question.ok_or("nothing was asked")?;
    assert_eq!(question.facet, "wearer");
    assert!(guided.candidates.iter().all(|left| left.code.len() == 10));
    assert!(
        guided
            .candidates
            .iter()
            .all(|left| left.path.last() == Some(&"Of cotton"))
    );
    Ok(())
}

#[test]
fn notes_name_the_candidates_that_they_decide_between() -> Result<(), String> {
    let engine = engine()?;
    let told = |codes: &[&str], text: &str| -> Result<Vec<(String, Vec<String>)>, String> {
        let subject = Subject {
            text: Some(text.to_owned()),
            codes: codes.iter().map(|code| (*code).to_owned()).collect(),
            ..Subject::default()
        };
        let guided = engine
            .guide(&subject, &[], None)
            .map_err(|error| error.to_string())?;
        let notes = guided.notes.into_iter();
        Ok(notes
            .map(|note| (note.note.to_owned(), note.belongs_to))
            .collect())
    };
    let worn = told(&["610711", "621210"], "garment")?;
    assert_eq!(
        worn.first(),
        Some(&(
            "Note 2(a) to chapter 61".to_owned(),
            vec!["621210".to_owned()]
        ))
    );
    let heading = told(&["6403"], "shoes")?;
    assert_eq!(heading, [("GRI 6".to_owned(), Vec::new())]);
    let set = told(&["3401", "3406"], "gift set")?;
    assert_eq!(set.first().map(|(note, _)| note.as_str()), Some("GRI 3(b)"));
    Ok(())
}

/// The index alone knows no `hoodie`; the classifier does, and the questions are about what it finds.
#[test]
fn with_the_classifier_other_codes_are_asked_about() -> Result<(), String> {
    let engine = engine()?;
    let found = |ranking| -> Result<Vec<String>, String> {
        let subject = Subject {
            ranking,
            ..Subject::of_text("cosy grey hoodie")
        };
        let guided = engine.guide(&subject, &[], None);
        let guided = guided.map_err(|error| error.to_string())?;
        Ok(guided
            .candidates
            .iter()
            .map(|one| one.code.to_string())
            .collect())
    };
    let (index, both) = (found(Ranking::Index)?, found(Ranking::Classifier)?);
    assert_ne!(index, both);
    assert!(both.iter().any(|code| code == "611020"), "{both:?}");
    Ok(())
}

#[test]
fn what_cannot_be_asked_is_refused() -> Result<(), String> {
    let engine = engine()?;
    let refused = |codes: Vec<String>, answers: &[GuideAnswer]| {
        let subject = Subject {
            codes,
            ..Subject::default()
        };
        let guided = engine.guide(&subject, answers, None);
        guided.err().map(|error| error.to_string())
    };
    let shirts = || vec!["6109".to_owned()];
    let colour = refused(shirts(), &[answer("colour", "red")]);
    assert_eq!(colour.as_deref(), Some("input.choice at answers"));
    let kryptonite = refused(shirts(), &[answer("material", "kryptonite")]);
    assert_eq!(kryptonite.as_deref(), Some("input.choice at answers"));
    let six = vec![answer("goods", UNKNOWN); 6];
    assert_eq!(
        refused(shirts(), &six).as_deref(),
        Some("input.too-long at answers")
    );
    assert_eq!(
        refused(vec!["shirt".to_owned()], &[]).as_deref(),
        Some("code.malformed at codes")
    );
    assert_eq!(
        refused(vec!["61".to_owned(); 101], &[]).as_deref(),
        Some("input.too-long at codes")
    );
    assert_eq!(refused(vec!["9999".to_owned()], &[]), None);
    Ok(())
}
