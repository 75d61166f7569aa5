/** What spreadsheets and people upload: at most so many bytes. */
export const UPLOAD_BYTES_MAX = 5 * 1024 * 1024;

export type DecodedUpload =
  | { kind: 'text'; text: string; encoding: string }
  | { kind: 'refused'; because: 'empty' | 'too_big' | 'workbook' | 'not_text' };

const BYTE_ORDER_MARKS: [bytes: number[], encoding: string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];
/** How a zip (xlsx, ods), an old Excel workbook and a PDF begin. */
const WORKBOOKS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x25, 0x50, 0x44, 0x46],
];

/**
 * The text of an uploaded file. Excel alone writes CSV in UTF-8, UTF-16 and the Windows code page of its country, and says
 * which by a byte order mark or not at all. What is not valid UTF-8 and shows no sign of UTF-16 is read as Windows-1252,
 * which has a character for nearly every byte: people see in the preview whether their accents are right.
 */
export function decodeUpload(bytes: Uint8Array): DecodedUpload {
  if (bytes.length === 0) return { kind: 'refused', because: 'empty' };
  if (bytes.length > UPLOAD_BYTES_MAX) return { kind: 'refused', because: 'too_big' };
  if (WORKBOOKS.some((start) => startsWith(bytes, start))) return { kind: 'refused', because: 'workbook' };
  const marked = BYTE_ORDER_MARKS.find(([mark]) => startsWith(bytes, mark))?.[1];
  const tries = marked === undefined ? [guessWide(bytes) ?? 'utf-8', 'windows-1252'] : [marked];
  for (const encoding of tries) {
    const text = decode(bytes, encoding);
    if (text === null) continue;
    // PostgreSQL keeps no zero in a text, and no file of products has one.
    if (text.includes('\0')) break;
    return text.trim() === '' ? { kind: 'refused', because: 'empty' } : { kind: 'text', text, encoding };
  }
  return { kind: 'refused', because: 'not_text' };
}

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

/** UTF-16 without a mark: in what is mostly Latin, every second byte is zero. */
function guessWide(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, 2_000);
  const zeros = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const many = head.length / 8;
  if (odd > many && even < odd / 8) return 'utf-16le';
  return even > many && odd < even / 8 ? 'utf-16be' : null;
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
