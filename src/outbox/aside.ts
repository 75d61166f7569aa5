/**
 * A reply behind another is looked at again when that one leaves the queue (a trigger sees to it), and after this long in
 * any case, so that nothing ever waits for good.
 */
export const LOOK_AGAIN_MS = 300_000;
