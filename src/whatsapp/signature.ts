import { createHmac, timingSafeEqual } from 'node:crypto';

// Meta signs the bytes it sends, so the check runs over the bytes as they came and never over JSON that we wrote again:
// a re-written body differs in slashes and accents. Meta's documentation also says that the hash is made over a form
// with everything beyond ASCII escaped as \uXXXX. Bodies seem to arrive in that form already, but a proxy or test tool
// may deliver them unescaped, so that form is tried second, and only for bodies in which it can differ.

const HEX = '0123456789abcdef';
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const HEADER = /^sha256=([0-9a-f]{64})$/i;

/** The value of `X-Hub-Signature-256` for a body. Replay and tests sign with it as Meta does. */
export function signBody(body: Uint8Array | string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Meta's deliveries are reported to come escaped already, so only small ones get the benefit of the doubt. */
const ESCAPED_BYTES_MAX = 512 * 1024;

/**
 * True when the header is the HMAC of the body under one of the secrets; a list allows a secret to be rotated without
 * losing deliveries. A missing or malformed header, or an empty list of secrets, is never accepted.
 */
export function signatureMatches(body: Uint8Array, header: unknown, secrets: readonly string[]): boolean {
  const hex = typeof header === 'string' ? HEADER.exec(header)?.[1] : undefined;
  if (hex === undefined) return false;
  const claimed = Buffer.from(hex, 'hex');
  if (matchesAny(body, claimed, secrets)) return true;
  // The second form costs several passes over a body that has not proven where it comes from.
  if (body.length > ESCAPED_BYTES_MAX) return false;
  return escapedForms(body).some((form) => matchesAny(form, claimed, secrets));
}

function matchesAny(body: Uint8Array, claimed: Buffer, secrets: readonly string[]): boolean {
  let matched = false;
  for (const secret of secrets) {
    if (secret === '') continue;
    // No early exit: how long the answer takes must not tell which secret, if any, matched.
    if (timingSafeEqual(createHmac('sha256', secret).update(body).digest(), claimed)) matched = true;
  }
  return matched;
}

/**
 * The body with UTF-16 units beyond ASCII written as lowercase \uXXXX. Sources disagree about whether DEL (0x7f) is
 * escaped too, so a body that has one gives two forms. Bytes that are not UTF-8 give none.
 */
function escapedForms(body: Uint8Array): Buffer[] {
  const hasWide = body.some((byte) => byte > 0x7f);
  const hasDel = body.includes(0x7f);
  if (!hasWide && !hasDel) return [];
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return [];
  }
  const forms: Buffer[] = [];
  if (hasDel) forms.push(escapeAbove(text, 0x7e));
  if (hasWide) forms.push(escapeAbove(text, 0x7f));
  return forms;
}

function escapeAbove(text: string, highest: number): Buffer {
  // Written by hand into one buffer: a body may have megabytes, and it has not proven yet where it comes from.
  const out = Buffer.allocUnsafe(text.length * 6);
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit <= highest) out[length++] = unit;
    else {
      out[length++] = BACKSLASH;
      out[length++] = LETTER_U;
      for (let shift = 12; shift >= 0; shift -= 4) out[length++] = HEX.charCodeAt((unit >> shift) & 0xf);
    }
  }
  return out.subarray(0, length);
}
