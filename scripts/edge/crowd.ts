import { type Content, cart, type Line, type Person, text } from '../../src/simulator/payloads.ts';

// Persons on several lines who order one hamper and ask for their balance, in turn. Each order leaves less credit, so
// every answer is different, and can be told from any other also inside a message that carries several.

export const WHOLESALER = 'edge';
const LIMIT_MINOR = 1_000_000;
const PRICE_MINOR = 10_000;
/** Ask for their balance, so that statuses keep coming while the last replies are settled; not counted. */
export const CHATTERERS_PER_LINE = 30;
/** Lines that share a token share its call limits. */
const TOKENS = 10;

export type Crowd = { lines: number; persons: number };

export const lineOf = (n: number): Line => ({
  phoneNumberId: String(106_540_352_242_000 + n),
  displayPhoneNumber: `+91 22 5555 ${String(1000 + n)}`,
  wabaId: '102290129340398',
});
export const phoneOf = (n: number): string => String(919_600_000_000 + n);
export const personOf = (n: number): Person => ({ phone: phoneOf(n), name: `Person ${n}` });
const tokenRef = (line: number): string => `WHATSAPP_ACCESS_TOKEN${line % TOKENS === 0 ? '' : `_${line % TOKENS}`}`;
export const tokens: Record<string, string> = Object.fromEntries(
  Array.from({ length: TOKENS }, (_, n) => [tokenRef(n), `edge-token-${n}`]),
);

/** The import file of the wholesaler; the chatterers come after the persons. */
export function shopFile({ lines, persons }: Crowd): string {
  return JSON.stringify({
    wholesaler: { id: WHOLESALER, name: 'Edge', currency: 'INR', language: 'en', timeZone: 'Asia/Kolkata' },
    lines: Array.from({ length: lines }, (_, n) => ({ ...lineOf(n), wabaId: undefined, tokenRef: tokenRef(n) })),
    products: [
      {
        sku: 'HAMPER',
        name: 'Gift hamper',
        units: { each: 1 },
        defaultUnit: 'each',
        cartUnit: 'each',
        priceMinor: PRICE_MINOR,
        aliases: [],
        active: true,
        stock: 'in',
        minimum: 1,
        step: 1,
      },
    ],
    retailers: Array.from({ length: persons + lines * CHATTERERS_PER_LINE }, (_, n) => ({
      id: `shop${n}`,
      name: `Shop ${n}`,
      identities: [{ kind: 'phone', value: phoneOf(n) }],
      credit: {
        limitMinor: LIMIT_MINOR,
        owedMinor: 0,
        status: 'active',
        termsDays: 14,
        graceDays: 3,
        overdueToleranceMinor: 0,
      },
    })),
  });
}

export const TURNS_MAX = 100;
export const isOrder = (turn: number): boolean => turn % 2 === 0;
export const says = (turn: number): Content =>
  isOrder(turn) ? cart([{ sku: 'HAMPER', quantity: 1 }]) : text('balance');

/** The mark by which the answer to this turn is known. */
export function markOf(turn: number): string {
  const orders = Math.floor(turn / 2) + 1;
  const left = LIMIT_MINOR - orders * PRICE_MINOR;
  return `${isOrder(turn) ? 'order' : 'balance'} ${left}`;
}

const ANSWER = /Order \*\d+\* placed\. [^\n]*?, (\S+) left|Available: \*([^*]+)\*/g;

/** The marks of all answers in a message, in their order. */
export function marksIn(body: string): string[] {
  return [...body.matchAll(ANSWER)].map(([, left, available]) => {
    const figure = (left ?? available ?? '').replaceAll(/[^\d.]/g, '').replace('.', '');
    return `${left === undefined ? 'balance' : 'order'} ${figure}`;
  });
}
