import { z } from 'zod';

/** One thing that is wrong with a file, and where: `products[3].units.case`. */
export type ShopProblem = { path: string; message: string };

type Path = readonly PropertyKey[];
export type RawProblem = { path: Path; message: string };

const text = z.string().optional().catch(undefined);
const numbers = z.record(z.string(), z.unknown()).optional().catch(undefined);
const identities = z
  .array(z.object({ kind: text, value: text }).catch({}))
  .optional()
  .catch(undefined);

/**
 * The file with everything unreadable left out. Checks between values run on this, so that a wrong price in one place
 * does not hide a duplicate sku in another: a person mends a file once, not problem by problem.
 */
const readableParts = z.object({
  lines: z
    .array(z.object({ phoneNumberId: text }).catch({}))
    .optional()
    .catch(undefined),
  products: z
    .array(
      z.object({ sku: text, units: numbers, defaultUnit: text, cartUnit: text, unitPricesMinor: numbers }).catch({}),
    )
    .optional()
    .catch(undefined),
  retailers: z
    .array(
      z
        .object({
          id: text,
          identities,
          credit: z.object({ status: text, blockReason: text }).optional().catch(undefined),
        })
        .catch({}),
    )
    .optional()
    .catch(undefined),
  approvers: z
    .array(z.object({ name: text, identities }).catch({}))
    .optional()
    .catch(undefined),
  staff: z
    .array(z.object({ email: text }).catch({}))
    .optional()
    .catch(undefined),
});
type ReadableParts = z.infer<typeof readableParts>;
type ReadableProduct = NonNullable<ReadableParts['products']>[number];

/** What must hold between the values of a file. `given` is the file as parsed from JSON, whatever its shape. */
export function crossProblems(given: unknown): RawProblem[] {
  const read = readableParts.safeParse(given);
  if (!read.success) return [];
  const { lines = [], products = [], retailers = [], approvers = [], staff = [] } = read.data;
  return [
    ...repeated(lines.map((line, at) => ({ path: ['lines', at, 'phoneNumberId'], value: line.phoneNumberId }))),
    ...repeated(products.map((product, at) => ({ path: ['products', at, 'sku'], value: product.sku }))),
    ...products.flatMap((product, at) => unitProblems(product, ['products', at])),
    ...repeated(retailers.map((retailer, at) => ({ path: ['retailers', at, 'id'], value: retailer.id }))),
    ...retailers.flatMap((retailer, at) => blockReasonProblems(retailer.credit, ['retailers', at, 'credit'])),
    ...repeated(approvers.map((approver, at) => ({ path: ['approvers', at, 'name'], value: approver.name }))),
    // One phone is one person: a number that stood at two retailers would order on whichever account came first. An
    // approver may have a shop besides.
    ...repeated(identitiesOf('retailers', retailers)),
    ...repeated(identitiesOf('approvers', approvers)),
    ...repeated(staff.map((person, at) => ({ path: ['staff', at, 'email'], value: person.email?.toLowerCase() }))),
  ];
}

/** `products[3].units.case`; the file itself is called `(file)`. */
export function pathText(path: Path): string {
  let shown = '';
  for (const part of path) {
    if (typeof part === 'number') shown += `[${part}]`;
    else if (/^[A-Za-z_]\w*$/.test(String(part))) shown += shown === '' ? String(part) : `.${String(part)}`;
    else shown += `[${JSON.stringify(String(part))}]`;
  }
  return shown === '' ? '(file)' : shown;
}

function unitProblems(product: ReadableProduct, path: Path): RawProblem[] {
  const units = product.units;
  if (units === undefined) return [];
  const known = Object.keys(units).join(', ');
  if (known === '') return [{ path: [...path, 'units'], message: 'must name at least one unit' }];
  const problems: RawProblem[] = [];
  if (units.each !== undefined && units.each !== 1) {
    problems.push({ path: [...path, 'units', 'each'], message: 'must be 1: the other units are counted in each' });
  }
  const named = [
    ...(['defaultUnit', 'cartUnit'] as const).map((key) => ({ path: [...path, key], unit: product[key] })),
    ...Object.keys(product.unitPricesMinor ?? {}).map((unit) => ({ path: [...path, 'unitPricesMinor', unit], unit })),
  ];
  for (const { path: where, unit } of named) {
    if (unit !== undefined && !Object.hasOwn(units, unit)) {
      problems.push({ path: where, message: `"${unit}" is not one of the product's units (${known})` });
    }
  }
  return problems;
}

function blockReasonProblems(credit: { status?: string; blockReason?: string } | undefined, path: Path): RawProblem[] {
  if (credit?.blockReason === undefined || credit.status === undefined || credit.status === 'blocked') return [];
  return [{ path: [...path, 'blockReason'], message: 'is only for an account with status "blocked"' }];
}

type Owner = { identities?: { kind?: string; value?: string }[] };

function identitiesOf(list: string, owners: Owner[]): { path: Path; value: string | undefined }[] {
  return owners.flatMap((owner, at) =>
    (owner.identities ?? []).map(({ kind, value }, index) => ({
      path: [list, at, 'identities', index],
      value: kind === undefined || value === undefined ? undefined : `${kind} ${value}`,
    })),
  );
}

/** Names the later of two equal values and where the first one stands. */
function repeated(values: { path: Path; value: string | undefined }[]): RawProblem[] {
  const firstAt = new Map<string, Path>();
  const problems: RawProblem[] = [];
  for (const { path, value } of values) {
    if (value === undefined) continue;
    const first = firstAt.get(value);
    if (first === undefined) firstAt.set(value, path);
    else problems.push({ path, message: `"${value}" is already used at ${pathText(first)}` });
  }
  return problems;
}
