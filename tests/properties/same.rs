//! The same answer everywhere: again, in another thread, in an engine that opened its packs in another order.

use std::sync::OnceLock;

use dutiable::Engine;
use proptest::prelude::*;

use crate::baskets::any_request;
use crate::reading::{cases, quoted};
use crate::support::{packs, quote};
use crate::world::world;

/// An engine with the same packs, the last first.
fn other() -> &'static Engine {
    static OTHER: OnceLock<Engine> = OnceLock::new();
    OTHER.get_or_init(|| {
        let mut engine = Engine::new();
        let wanted = |kind: &str| ["tariff", "measures", "rules", "rates"].contains(&kind);
        for pack in packs()
            .unwrap()
            .into_iter()
            .rev()
            .filter(|pack| wanted(&pack.kind))
        {
            engine.open_pack(pack.bytes, Some(&pack.sha256)).unwrap();
        }
        engine
    })
}

proptest! {
    #![proptest_config(cases(4))]

    /// 29: the same request gives the same bytes: again, in four threads at once, and from an engine of its own. The browser's engine is held
    /// against this one in `tests/node/worked.test.mjs` and `tests/browser/worked.test.mjs`.
    #[test]
    fn p29_the_same_request_gives_the_same_bytes(request in any_request()) {
        let once = quoted(&request)?.to_string();
        let threads: Vec<String> = std::thread::scope(|scope| {
            let asked = (0..4).map(|_| scope.spawn(|| quote(&world().engine, &request).unwrap().to_string()));
            let asked: Vec<_> = asked.collect();
            asked.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        prop_assert!(threads.iter().all(|other| *other == once));
        let elsewhere = quote(other(), &request).map_err(TestCaseError::fail)?;
        prop_assert_eq!(elsewhere.to_string(), once);
    }
}
