import { ActionButtons, ActionList, Body, Button, Interactive, ListSection, Row, Text } from 'whatsapp-api-js/messages';
import type { OutgoingMessage, Recipient, Reply } from '../outbox/types.ts';
import { messageOf, ServiceError } from '../shared/errors.ts';
import { BUTTONS_MAX, CALLBACK_DATA_MAX, LIST_ROWS_MAX } from '../shared/message-limits.ts';
import { makeTextStorable } from './storable-json.ts';

/** A reply that Graph would refuse for its form: a bug of ours, found before a request is spent on it. */
export class UnsendableMessageError extends ServiceError {
  override name = 'UnsendableMessageError';

  constructor(message: string, cause?: unknown) {
    super({ code: 'unsendable_message', message, cause });
  }
}

const PHONE = /^\+?\d{5,20}$/;

/**
 * The JSON body for POST /messages. The library's builders check lengths and ids; what they let through (empty texts,
 * more rows than a list may have, no rows at all) is refused here. Throws `UnsendableMessageError`.
 */
export function buildMessage(message: OutgoingMessage): string {
  const content = buildContent(message.reply);
  demand(message.outboxId.length <= CALLBACK_DATA_MAX, 'the outbox id is too long to be echoed');
  return JSON.stringify({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...addressOf(message.recipient),
    ...content,
    biz_opaque_callback_data: message.outboxId,
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
function addressOf(recipient: Recipient): { to?: string; recipient?: string } {
  const { phone, bsuid } = recipient;
  demand(phone !== undefined || bsuid !== undefined, 'the message has no recipient');
  demand(phone === undefined || PHONE.test(phone), 'the recipient has a phone number that is none');
  demand(bsuid === undefined || bsuid !== '', 'the recipient has an empty id');
  return {
    ...(phone === undefined ? {} : { to: phone }),
    ...(bsuid === undefined ? {} : { recipient: bsuid }),
  };
}

function buildContent(reply: Reply): Record<string, unknown> {
  try {
    return reply.kind === 'text'
      ? { type: 'text', text: new Text(filled(reply.body, 'body')) }
      : { type: 'interactive', interactive: buildInteractive(reply) };
  } catch (error) {
    if (error instanceof UnsendableMessageError) throw error;
    // The builders throw plain errors that name the limit and never the text.
    throw new UnsendableMessageError(messageOf(error), error);
  }
}

function buildInteractive(reply: Exclude<Reply, { kind: 'text' }>): Interactive {
  const body = new Body(filled(reply.body, 'body'));
  if (reply.kind === 'buttons') {
    const [first, ...others] = reply.buttons.map(
      ({ id, title }) => new Button(idOf(id), filled(title, 'button title')),
    );
    if (first === undefined) throw new UnsendableMessageError(`a button message needs 1 to ${BUTTONS_MAX} buttons`);
    return new Interactive(new ActionButtons(first, ...others), body);
  }
  demand(reply.rows.length <= LIST_ROWS_MAX, `a list has at most ${LIST_ROWS_MAX} rows over all sections`);
  demand(new Set(reply.rows.map(({ id }) => id)).size === reply.rows.length, 'the rows of a list have unique ids');
  const [first, ...others] = reply.rows.map(
    ({ id, title, description }) =>
      new Row(idOf(id), filled(title, 'row title'), description?.trim() ? makeTextStorable(description) : undefined),
  );
  if (first === undefined) throw new UnsendableMessageError('a list needs at least one row');
  const section = new ListSection(undefined, first, ...others);
  return new Interactive(new ActionList(filled(reply.button, 'list button'), section), body);
}

/** Meta refuses texts that are empty or only white space; half a surrogate pair is not sendable as UTF-8. */
function filled(text: string, what: string): string {
  demand(text.trim() !== '', `the ${what} is empty`);
  return makeTextStorable(text);
}

function idOf(id: string): string {
  demand(id !== '' && id.trim() === id, 'an id is empty or begins or ends with a space');
  return id;
}

function demand(condition: boolean, message: string): void {
  if (!condition) throw new UnsendableMessageError(message);
}
