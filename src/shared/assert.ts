/** Thrown when something that the code holds to be impossible has happened: always a bug, never a refusal. */
export class AssertionError extends Error {
  override name = 'AssertionError';
}

/** States a truth the code relies on; throws `AssertionError` with `message` when it does not hold. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** Makes the compiler prove that every case of a union was handled. */
export function assertNever(value: never): never {
  throw new AssertionError(`unhandled case: ${JSON.stringify(value)}`);
}

/** Returns `value`, which the caller knows to be there; throws `AssertionError` naming `what` when it is not. */
export function mustExist<T>(value: T | null | undefined, what: string): T {
  assert(value !== null && value !== undefined, `${what} is missing`);
  return value;
}
