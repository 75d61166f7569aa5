// Meta's payloads are replayed as they are, but a message of last month would be answered as one that waited a month.
// So the times of messages and statuses are moved, and nothing else: a body that was written anew by JSON.stringify
// would lose exactly the oddities (escapes, spaces, doubled keys, large numbers) that a stored delivery is kept for.
// A small scanner finds the digits in the text, and only they are exchanged.

/** Where the digits of a timestamp stand in a body. */
type Stamp = { start: number; end: number; seconds: number };

/** Seconds since 1970 of the years 2001 to 2286; what is outside is no time of a message. */
const SECONDS = /^\d{10}$/;

/** The newest time of a message or status in these bodies, in seconds; undefined when there is none. */
export function newestTimestamp(bodies: readonly Buffer[]): number | undefined {
  let newest: number | undefined;
  for (const body of bodies) {
    for (const { seconds } of stampsIn(body)) newest = Math.max(newest ?? seconds, seconds);
  }
  return newest;
}

/** The body with every time of a message or status moved by so many seconds, and every other byte as it was. */
export function moveTimestamps(body: Buffer, bySeconds: number): Buffer {
  const parts: Buffer[] = [];
  let kept = 0;
  for (const { start, end, seconds } of stampsIn(body)) {
    parts.push(body.subarray(kept, start), Buffer.from(String(seconds + bySeconds)));
    kept = end;
  }
  return Buffer.concat([...parts, body.subarray(kept)]);
}

/** A body that is no JSON has no timestamps: it is posted as it is, and the service has to cope. */
function stampsIn(body: Buffer): Stamp[] {
  // One character per byte, so that positions in the text are positions in the body.
  const text = body.toString('latin1');
  try {
    JSON.parse(body.toString('utf8'));
  } catch {
    return [];
  }
  return scan(text);
}

type Level = { kind: 'object' | 'array'; key: string | number; expectsKey: boolean };

function scan(text: string): Stamp[] {
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;
  const stamps: Stamp[] = [];
  const levels: Level[] = [];
  for (const match of text.matchAll(token)) {
    const [word] = match;
    const level = levels.at(-1);
    if (word === '{') levels.push({ kind: 'object', key: '', expectsKey: true });
    else if (word === '[') levels.push({ kind: 'array', key: 0, expectsKey: false });
    else if (word === '}' || word === ']') levels.pop();
    else if (word === ',' && level?.kind === 'object') level.expectsKey = true;
    else if (word === ',' && level !== undefined) level.key = Number(level.key) + 1;
    else if (word === ':' && level !== undefined) level.expectsKey = false;
    else if (level?.kind === 'object' && level.expectsKey) level.key = word.slice(1, -1);
    else if (isTimestamp(levels)) stamps.push(...stampOf(word, match.index));
  }
  return stamps;
}

/** True inside `...messages[n].timestamp` or `...statuses[n].timestamp`, wherever in the body that stands. */
function isTimestamp(levels: Level[]): boolean {
  const [list, item, field] = levels.slice(-3);
  return (
    field?.key === 'timestamp' &&
    item?.kind === 'array' &&
    list?.kind === 'object' &&
    (list.key === 'messages' || list.key === 'statuses')
  );
}

function stampOf(word: string, at: number): Stamp[] {
  const isText = word.startsWith('"');
  const digits = isText ? word.slice(1, -1) : word;
  if (!SECONDS.test(digits)) return [];
  const start = isText ? at + 1 : at;
  return [{ start, end: start + digits.length, seconds: Number(digits) }];
}
