/** The classes, unregistered: for pages that want other tag names, or to register them when they choose. */
export { HsNavigator } from "./hs-navigator.js";
export { LandedCost } from "./landed-cost.js";
