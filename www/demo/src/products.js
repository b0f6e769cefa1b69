/**
 * What the shop knows of the goods on the page. It keeps a code for each market that wants a longer one, and six digits for the
 * rest.
 */
export const PRODUCTS = {
  tee: {
    unitPrice: "24.00", origin: "BD", netWeightKg: "0.18",
    codes: { US: "6109100012", other: "610910" },
  },
  earbuds: {
    unitPrice: "79.00", origin: "CN", netWeightKg: "0.06",
    codes: { other: "851830" },
  },
  mug: {
    unitPrice: "18.50", origin: "PT", netWeightKg: "0.35",
    codes: { US: "69120044", GB: "69120023", EU: "69120023", other: "691200" },
  },
};
