/**
 * Registers `<landed-cost>` and `<hs-navigator>`. A second copy of this package on the same page does no harm: the first keeps
 * the names, and the second says so once.
 */

import { HsNavigator } from "./hs-navigator.js";
import { LandedCost } from "./landed-cost.js";
import { warnOnce } from "./warn.js";

if (globalThis.customElements) {
  for (const [name, element] of [["landed-cost", LandedCost], ["hs-navigator", HsNavigator]]) {
    if (!customElements.get(name)) customElements.define(name, element);
    else if (customElements.get(name) !== element) warnOnce("dutiable: the elements are defined already, by another copy of the package. That one is used.");
  }
}
