import { isTransient, sqlStateOf } from '../db/index.ts';

const TRIES_MAX = 3;

/**
 * A connection lost around COMMIT leaves open whether the call counted; a repeated one finds its key and answers as the
 * first did. Two equal keys that met on two accounts at once (23505) are told apart by looking again.
 */
export async function untilKnown<T>(call: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await call();
    } catch (error) {
      const worthwhile = isTransient(error) || sqlStateOf(error) === '23505';
      if (!worthwhile || tried === TRIES_MAX) throw error;
    }
  }
}
