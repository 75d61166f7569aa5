import { raiseAlert } from '../alerts/index.ts';
import type { Tx } from '../db/index.ts';
import type { Outcome } from './save-conversations.ts';

/** Tells an operator which chats ask for a person. Call it last in a transaction, as `raiseAlert` says. */
export async function callStaff(tx: Tx, wholesalerId: string, outcomes: Outcome[]): Promise<void> {
  const wanting = outcomes.filter(({ wantsPerson }) => wantsPerson);
  if (wanting.length === 0) return;
  const keys = wanting.map(({ item }) => ({
    line_id: item.conversation.lineId,
    person_key: item.conversation.personKey,
  }));
  const chats = await tx.$queryRaw<{ id: string; lineId: string; retailerId: string | null }[]>`
    select c.id, c.line_id as "lineId", c.retailer_id as "retailerId"
      from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k (line_id uuid, person_key text)
      join conversation c
        on c.wholesaler_id = ${wholesalerId} and c.line_id = k.line_id and c.person_key = k.person_key
     order by c.id`;
  for (const { id, lineId, retailerId } of chats) {
    await raiseAlert(tx, { wholesalerId, lineId, kind: 'person_wanted', key: id, subject: { chatId: id, retailerId } });
  }
}
