/** Where the present moment comes from. Decisions never read it themselves: they are given an instant. */
export type Clock = { now(): Date };

/** The machine's own clock, handed out by the composition root alone. */
export const systemClock: Clock = { now: () => new Date() };
