import type { Tx } from '../db/index.ts';
import { readSentMessages, wordsOf } from '../outbox/index.ts';
import type { Met } from './meet-people.ts';
import type { Quoted } from './types.ts';

/**
 * What the messages of a set answer by swiping, by the id of the event; asked only where one does. A tap names the message
 * that it was made on too, but its button says more.
 */
export async function readQuoted(tx: Tx, wholesalerId: string, met: Met[]): Promise<Map<string, Quoted>> {
  const quoting = met.flatMap(({ item, message }) => {
    const wamid = message === null || message.type === 'tap' ? undefined : message.context?.id;
    return wamid === undefined ? [] : [{ eventId: item.event.id, personKey: item.conversation.personKey, wamid }];
  });
  if (quoting.length === 0) return new Map();
  const sent = await readSentMessages(tx, { wholesalerId, wamids: [...new Set(quoting.map(({ wamid }) => wamid))] });
  return new Map(
    quoting.map(({ eventId, personKey, wamid }): [string, Quoted] => {
      const found = sent.find((one) => one.wamid === wamid && one.personKey === personKey);
      if (found === undefined) return [eventId, { wamid, ours: null }];
      const { replies, isNewest } = found;
      const choices = replies.flatMap((reply) =>
        reply.kind === 'buttons' ? reply.buttons : reply.kind === 'list' ? reply.rows : [],
      );
      return [
        eventId,
        { wamid, ours: { body: replies.map(wordsOf).join('\n'), choices: choices.map(({ id }) => id), isNewest } },
      ];
    }),
  );
}
