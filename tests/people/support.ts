import { type Content, delivery, messageFrom, type Person } from '../../src/simulator/payloads.ts';
import { type Chat, startTestService, type TestService } from '../support/service.ts';

/** The phone of the n-th small shop of tests/scenarios/shop.ts; each has a limit of 10,000.00. */
export const phoneOf = (n: number): string => `9197000000${String(n).padStart(2, '0')}`;

/** What reads like a shop's figures or goods: nobody else may ever see it. */
export const SECRETS = /10,000|Limit|Available|Coca|placed|Total|hamper/i;

export type Link = {
  id: string;
  retailer_id: string;
  reason: string;
  state: string;
  bsuid: string | null;
  phone: string | null;
  decided_by: string | null;
};

export type People = TestService & {
  /** Takes in a message that nobody answers, and waits until it was worked on. */
  notes(person: Person, content: Content): Promise<void>;
  links(retailerId: string): Promise<Link[]>;
  identities(retailerId: string): Promise<string[]>;
  audit(retailerId: string): Promise<string[]>;
  /** Rows in which events of these keys are worked on. */
  homes(...keys: string[]): Promise<string[]>;
};

/** The service with looks behind the scenes that tests about people need. */
export async function startPeople(shopFile: Parameters<typeof startTestService>[0]): Promise<People> {
  const test = await startTestService(shopFile);
  const { database } = test;
  return {
    ...test,
    async notes(person, content) {
      await test.post(delivery(test.line, { messages: [messageFrom(person, content)] }));
      await test.quiet();
    },
    links: (retailerId) =>
      database.ownerSql<Link>(
        `select id, retailer_id, reason, state, bsuid, phone, decided_by from identity_link
          where retailer_id = $1 order by created_at, id`,
        [retailerId],
      ),
    async identities(retailerId) {
      const rows = await database.ownerSql<{ value: string }>(
        'select value from identity where retailer_id = $1 and valid_to is null order by value',
        [retailerId],
      );
      return rows.map(({ value }) => value);
    },
    async audit(retailerId) {
      const rows = await database.ownerSql<{ action: string }>(
        `select action from audit_entry where subject ->> 'retailerId' = $1 order by at, id`,
        [retailerId],
      );
      return rows.map(({ action }) => action);
    },
    async homes(...keys) {
      const rows = await database.ownerSql<{ key: string }>(
        'select distinct coalesce(home_key, person_key) as key from conversation where person_key = any ($1) order by 1',
        [keys],
      );
      return rows.map(({ key }) => key);
    },
  };
}

/** What a person read, as text. */
export const read = (chat: Chat): string[] => chat.read().map(({ body }) => body);
