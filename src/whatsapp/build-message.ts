import type { OutgoingMessage, Recipient, ReplyContent } from '../outbox/types.ts';
import { messageOf } from '../shared/errors.ts';
import { CALLBACK_DATA_MAX } from '../shared/message-limits.ts';
import { buildContent } from './build-content.ts';
import { BSUID, PHONE } from './person-ids.ts';
import { demand, messageIdOf, UnsendableMessageError } from './sendable.ts';

export { UnsendableMessageError };

/**
 * The JSON body for POST /messages. The library's builders check lengths and ids; what they let through and Meta does
 * not take is refused here. Throws `UnsendableMessageError`.
 */
export function buildMessage(message: OutgoingMessage): string {
  const { recipient, reply, outboxId } = message;
  const content = build(reply);
  demand(outboxId.length <= CALLBACK_DATA_MAX, 'the outbox id is too long to be echoed');
  return JSON.stringify({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...addressOf(recipient),
    ...(reply.quotes === undefined ? {} : { context: { message_id: messageIdOf(reply.quotes) } }),
    ...content,
    biz_opaque_callback_data: outboxId,
  });
}

/** The JSON body that marks a message as read and, when an answer is being made, shows that we are typing. */
export function buildReadReceipt(wamid: string, typing: boolean): string {
  return JSON.stringify({
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: wamid,
    ...(typing ? { typing_indicator: { type: 'text' } } : {}),
  });
}

/** Both ids are sent when both are known: Meta prefers `to`, and the BSUID is there should that change. */
function addressOf({ phone, bsuid }: Recipient): { to?: string; recipient?: string } {
  demand(phone !== undefined || bsuid !== undefined, 'the message has no recipient');
  demand(phone === undefined || PHONE.test(phone), 'the recipient has a phone number that is none');
  demand(bsuid === undefined || BSUID.test(bsuid), 'the recipient has a user id that is none');
  return {
    ...(phone === undefined ? {} : { to: phone }),
    ...(bsuid === undefined ? {} : { recipient: bsuid }),
  };
}

function build(reply: ReplyContent): Record<string, unknown> {
  try {
    return buildContent(reply);
  } catch (error) {
    if (error instanceof UnsendableMessageError) throw error;
    // The builders throw plain errors that name the limit and never the text.
    throw new UnsendableMessageError(messageOf(error), error);
  }
}
