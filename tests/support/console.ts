import { FormData, request } from 'undici';
import { createOrderDesk } from '../../src/orders/index.ts';
import { assert } from '../../src/shared/assert.ts';
import { newId } from '../../src/shared/ids.ts';
import { createStaffDesk, type Role } from '../../src/staff/index.ts';
import type { TestDatabase } from './database.ts';
import type { TestService } from './service.ts';

export const SESSION_SECRET = 'test-session-secret-of-32-characters';
const PASSWORD = 'four plain words here';

export type Answer = {
  status: number;
  location: string | null;
  cookie: string | null;
  body: string;
  headers: Record<string, unknown>;
};

/** Somebody's browser without its looks: keeps the session's cookie and puts the page's token into forms. */
export type Visitor = {
  cookie: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  /** A form with a file. */
  upload(path: string, fields: Record<string, string>, file?: { name: string; bytes: Uint8Array }): Promise<Answer>;
};

/** Adds somebody with this role and gives back the address and password that they sign in with. */
export async function addStaff(
  database: TestDatabase,
  {
    wholesalerId,
    role,
    email = `${role}@${wholesalerId}.example`,
  }: { wholesalerId: string; role: Role; email?: string },
): Promise<{ email: string; password: string; token: string }> {
  const desk = createStaffDesk({ db: database.db, secret: SESSION_SECRET });
  const invited = await desk.invite({ wholesalerId, email, name: `${role} of ${wholesalerId}`, role }, 'test');
  assert(invited !== null, `there is no wholesaler ${wholesalerId}`);
  const opened = await desk.acceptInvitation(invited.token, PASSWORD);
  assert(opened !== null, 'the link was good');
  return { email, password: PASSWORD, token: opened.token };
}

/** Somebody with this role, signed in. */
export async function visitorAs(
  database: TestDatabase,
  url: string,
  who: { wholesalerId: string; role: Role },
): Promise<Visitor> {
  const { token } = await addStaff(database, who);
  return visitor(url, `orderlock_session=${token}`);
}

export function visitor(url: string, cookie: string): Visitor {
  const desk = createStaffDesk({ db: undefined as never, secret: SESSION_SECRET });
  const csrfToken = desk.csrfTokenOf(cookie.slice(cookie.indexOf('=') + 1));
  const send = async (path: string, options: Parameters<typeof request>[1]): Promise<Answer> => {
    const response = await request(`${url}${path}`, options);
    const { location = null } = response.headers;
    const given = response.headers['set-cookie'];
    return {
      status: response.statusCode,
      location: typeof location === 'string' ? location : null,
      cookie: (Array.isArray(given) ? given[0] : given) ?? null,
      body: await response.body.text(),
      headers: response.headers,
    };
  };
  return {
    cookie,
    get: (path, headers = {}) => send(path, { headers: { cookie, ...headers } }),
    post: (path, fields = {}, headers = {}) =>
      send(path, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', origin: url, ...headers },
        body: new URLSearchParams({ _csrf: csrfToken, ...fields }).toString(),
      }),
    upload: (path, fields, file = { name: '', bytes: new Uint8Array() }) => {
      const body = new FormData();
      for (const [name, value] of Object.entries({ _csrf: csrfToken, ...fields })) body.append(name, value);
      body.append('file', new Blob([file.bytes]), file.name);
      return send(path, { method: 'POST', headers: { cookie, origin: url }, body });
    },
  };
}

/** Places an order past the chat, of the shop asha if nobody else is named. */
export async function placeOrder(
  database: TestDatabase,
  wholesalerId: string,
  orderId: string,
  amountMinor: bigint,
  retailerId = 'asha',
): Promise<void> {
  const placed = await createOrderDesk(database.db).place({
    wholesalerId,
    retailerId,
    orderId,
    currency: 'INR',
    amountMinor,
    source: 'api',
    cause: null,
    lines: [
      {
        sku: 'RICE25',
        name: 'Sona Masoori Rice 25kg',
        unit: 'each',
        quantityMilli: 2_000,
        unitPriceMinor: amountMinor / 2n,
        totalMinor: amountMinor,
      },
    ],
  });
  assert(placed.kind === 'placed', `the order ${orderId} was not placed`);
}

/** Somebody unknown writes, and somebody says to belong to asha: what the page of people decides about. */
export async function addStrangers(
  running: TestService,
  wholesalerId: string,
): Promise<{ requestId: string; linkId: string }> {
  await running.chat({ name: 'Ira', phone: '919811111111', bsuid: 'IN.9001' }).says('hello');
  const [request] = await running.database.ownerSql<{ id: string; lineId: string; eventId: string }>(
    `select q.id::text as id, q.line_id::text as "lineId",
            (select e.id::text from inbox_event e where e.wholesaler_id = q.wholesaler_id order by e.id limit 1) as "eventId"
       from registration_request q where q.wholesaler_id = $1 and q.state = 'open'`,
    [wholesalerId],
  );
  assert(request !== undefined, 'a stranger who writes asks to be registered');
  const linkId = newId();
  await running.database.ownerSql(
    `insert into identity_link (wholesaler_id, id, retailer_id, reason, new_key, phone, line_id, evidence_event_id)
     values ($1, $2, 'asha', 'contact_card', 'p:919822222222', '919822222222', $3, $4)`,
    [wholesalerId, linkId, request.lineId, request.eventId],
  );
  return { requestId: request.id, linkId };
}
