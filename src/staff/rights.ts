/** What a person of the wholesaler's staff is employed to do, from the least to the most that they may. */
export const ROLES = ['viewer', 'sales', 'cashier', 'credit_controller', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Role x right: the one place that says who may do what. Every route of the console names its right, and a test walks all
 * routes with all roles against this table.
 */
const RIGHTS = {
  // One's own session and password.
  own: ['viewer', 'sales', 'cashier', 'credit_controller', 'admin'],
  // Today, orders, shops and their accounts, products.
  look: ['viewer', 'sales', 'cashier', 'credit_controller', 'admin'],
  // Deliver, cancel and reopen orders.
  work_orders: ['sales', 'admin'],
  // Let an order pass the limit.
  approve_orders: ['credit_controller', 'admin'],
  // Record payments and answer payment claims.
  take_payments: ['cashier', 'credit_controller', 'admin'],
  // Take back what a cashier recorded: never the cashier alone.
  reverse_payments: ['credit_controller', 'admin'],
  // Limits, terms, blocks and new shops with credit.
  change_credit: ['credit_controller', 'admin'],
  // Chats hold people's own words.
  read_chats: ['sales', 'credit_controller', 'admin'],
  answer_chats: ['sales', 'admin'],
  // Opens an account to whoever writes from a number.
  link_people: ['credit_controller', 'admin'],
  change_catalogue: ['sales', 'admin'],
  // Alerts and replies that are stuck.
  watch_sending: ['sales', 'credit_controller', 'admin'],
  work_sending: ['admin'],
  // Raw deliveries as Meta sent them.
  inspect: ['admin'],
  read_audit: ['credit_controller', 'admin'],
  settings: ['admin'],
  manage_staff: ['admin'],
  // Keys let programs in, with no person beside them.
  manage_keys: ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Right = keyof typeof RIGHTS;

/** Whether somebody with this role may do this. */
export function may(role: Role, right: Right): boolean {
  return (RIGHTS[right] as readonly Role[]).includes(role);
}
