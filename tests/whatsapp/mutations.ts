import fc from '../support/properties.ts';

// Deliveries that nobody at Meta would send, made out of those that they do: each is a real story in which something was
// exchanged, taken out, doubled, wrapped or cut. Only shapes near the real ones get past the first check of a reader.

type Json = unknown;
type Path = readonly (string | number)[];

/** Values that readers stumble over. */
const oddValues: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    0,
    -1,
    1e21,
    Number.MAX_SAFE_INTEGER + 2,
    '',
    ' ',
    '0',
    '-1',
    '1e400',
    'NaN',
    '__proto__',
    'constructor',
    '\u0000',
    '\ud800',
    '‮',
    '9'.repeat(400),
    "'; drop table inbox_event; --",
    [],
    {},
    [[[]]],
    { constructor: { prototype: { polluted: true } } },
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.integer(),
);

type Mutation =
  | { kind: 'replace'; at: number; value: Json }
  | { kind: 'remove' | 'wrap' | 'double' | 'as text' | 'as number'; at: number }
  | { kind: 'rename'; at: number; key: string }
  | { kind: 'swap'; at: number; with: number };

const place = fc.nat({ max: 5_000 });

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('replace' as const), at: place, value: oddValues }),
    fc.record({
      kind: fc.constantFrom('remove', 'wrap', 'double', 'as text', 'as number'),
      at: place,
    }) as fc.Arbitrary<Mutation>,
    fc.record({
      kind: fc.constant('rename' as const),
      at: place,
      key: fc.constantFrom('__proto__', 'constructor', 'toString', 'type', 'id', 'from', 'messages', 'text', ''),
    }),
    fc.record({ kind: fc.constant('swap' as const), at: place, with: place }),
  ),
  { minLength: 1, maxLength: 4 },
);

/** The body with the mutations done one after another; each counts its places anew. */
export function mutated(body: Buffer, all: readonly Mutation[]): string {
  let json: Json = JSON.parse(body.toString('utf8'));
  for (const mutation of all) json = applied(json, mutation);
  return JSON.stringify(json);
}

function applied(json: Json, mutation: Mutation): Json {
  const paths = pathsOf(json);
  const path = paths[mutation.at % paths.length];
  if (path === undefined) return json;
  const value = valueAt(json, path);
  switch (mutation.kind) {
    case 'replace':
      return withValue(json, path, mutation.value);
    case 'wrap':
      return withValue(json, path, [value]);
    case 'as text':
      return withValue(json, path, JSON.stringify(value));
    case 'as number':
      return withValue(json, path, typeof value === 'string' ? Number(value) || 17 : 17);
    case 'swap':
      return withValue(json, path, valueAt(json, paths[mutation.with % paths.length] ?? path));
    case 'remove':
    case 'double':
    case 'rename':
      return withParent(json, path, (parent, key) => {
        if (Array.isArray(parent)) {
          const item = parent[Number(key)];
          return parent.flatMap((one, at) =>
            at !== Number(key)
              ? [one]
              : mutation.kind === 'remove'
                ? []
                : mutation.kind === 'double'
                  ? [item, item]
                  : [{}],
          );
        }
        const entries = Object.entries(parent).flatMap(([name, inner]) => {
          if (name !== key) return [[name, inner] as const];
          if (mutation.kind === 'remove') return [];
          return mutation.kind === 'rename' ? [[mutation.key, inner] as const] : [[name, inner] as const];
        });
        // Not Object.fromEntries by assignment: `__proto__` has to become a property, as JSON.parse makes it one.
        return Object.fromEntries(entries);
      });
  }
}

function pathsOf(json: Json, path: Path = []): Path[] {
  if (typeof json !== 'object' || json === null) return [path];
  return [path, ...Object.entries(json).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function valueAt(json: Json, path: Path): Json {
  return path.reduce<Json>((inner, key) => (inner as Record<string, Json>)[key], json);
}

function withValue(json: Json, path: Path, value: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const inner = withValue((json as Record<string, Json>)[key], rest, value);
  return Array.isArray(json)
    ? json.map((one, at) => (at === Number(key) ? inner : one))
    : Object.fromEntries(Object.entries(json as object).map(([name, one]) => [name, name === key ? inner : one]));
}

function withParent(json: Json, path: Path, change: (parent: object, key: string | number) => Json): Json {
  const key = path.at(-1);
  if (key === undefined) return json;
  const above = path.slice(0, -1);
  return withValue(json, above, change(valueAt(json, above) as object, key));
}
