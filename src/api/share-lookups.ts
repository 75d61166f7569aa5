/**
 * Lets those who look for the same thing at the same time share one look-up. Whoever comes while one is under way waits for
 * the next, which begins after they came: so nobody gets an answer that is older than their question, and a key that was
 * revoked opens nothing to a request that arrives afterwards. A lone caller looks at once.
 *
 * Measured with 64 callers of one key on two busy cores, five rounds in turn: 257 orders a second against 161 on one
 * account, 228 against 111 on many. Each look-up had stood in line for a connection with the orders themselves.
 */
export function shareLookups<Found>(find: (name: string) => Promise<Found>): (name: string) => Promise<Found> {
  const underWay = new Map<string, { running: Promise<Found>; next: Promise<Found> | null }>();

  function begin(name: string): Promise<Found> {
    const running = find(name);
    const lookup = { running, next: null };
    underWay.set(name, lookup);
    const end = (): void => {
      if (underWay.get(name) === lookup && lookup.next === null) underWay.delete(name);
    };
    running.then(end, end);
    return running;
  }

  return (name) => {
    const lookup = underWay.get(name);
    if (lookup === undefined) return begin(name);
    lookup.next ??= lookup.running.then(
      () => begin(name),
      () => begin(name),
    );
    // Each goes on in a turn of its own: the rate limit counts those of one turn as if all had come before any of them.
    return lookup.next.then((found) => new Promise((resolve) => setImmediate(resolve, found)));
  };
}
