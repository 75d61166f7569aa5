import { randomFillSync } from 'node:crypto';

let lastMs = 0;
let counter = 0;

/**
 * A uuid version 7 (RFC 9562): sorts by creation time, and within one process strictly in the order of the calls,
 * because the 12 bits behind the milliseconds count up and borrow from the clock when they run over.
 */
export function newId(): string {
  const nowMs = Date.now();
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = 0;
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
  }
  const bytes = freshBytes();
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** An id as the database writes it. */
export const ID_FORM = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text from outside is an id as we write them, fit to be compared with a uuid in the database. */
export const isId = (text: string): boolean => ID_FORM.test(text);

// Asking for 16 random bytes costs more than the rest of an id, so they are taken for many ids at once.
const pool = Buffer.alloc(16 * 256);
let used = pool.length;

function freshBytes(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}
