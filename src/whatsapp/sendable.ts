import { ServiceError } from '../shared/errors.ts';
import { makeTextStorable } from './storable-json.ts';

/** A reply that Graph would refuse for its form: a bug of ours, found before a request is spent on it. */
export class UnsendableMessageError extends ServiceError {
  override name = 'UnsendableMessageError';

  constructor(message: string, cause?: unknown) {
    super({ code: 'unsendable_message', message, cause });
  }
}

/** Throws `UnsendableMessageError` with these words, which never contain the text itself, unless there is something. */
export function demand(condition: unknown, message: string): asserts condition {
  if (!condition) throw new UnsendableMessageError(message);
}

/** Meta refuses texts that are empty or only white space; half a surrogate pair is not sendable as UTF-8. */
export function filled(text: string, what: string): string {
  demand(text.trim() !== '', `the ${what} is empty`);
  return makeTextStorable(text);
}

/** An id of a button or row. */
export function idOf(id: string): string {
  demand(id !== '' && id.trim() === id, 'an id is empty or begins or ends with a space');
  return id;
}

/** A wamid that something refers to: opaque, but never with white space in it. */
export function messageIdOf(wamid: string): string {
  demand(/^\S{1,500}$/.test(wamid), 'the id of the message referred to is none');
  return wamid;
}
