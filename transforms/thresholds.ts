/** A caller who gives up sooner than this never gave the queue a chance: a short abandon. */
export const SHORT_ABANDON_SECONDS = 5;

/** The usual target: so many of the contacts answered within this time. */
export const SERVICE_LEVEL_SECONDS = 20;

/** Churn risk from which a customer is in the band. */
export const CHURN_BANDS = { high: 0.6, medium: 0.3 } as const;
