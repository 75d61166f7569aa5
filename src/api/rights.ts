/** What an API key may be allowed to do; `admin` includes all others. */
export const RIGHTS = [
  'orders:write',
  'credit:read',
  'credit:write',
  'payments:write',
  'catalogue:write',
  'admin',
] as const;
export type Right = (typeof RIGHTS)[number];

export const isRight = (value: string): value is Right => (RIGHTS as readonly string[]).includes(value);

/** Whether rights include this one. */
export const holds = (rights: ReadonlySet<Right>, right: Right): boolean => rights.has('admin') || rights.has(right);
