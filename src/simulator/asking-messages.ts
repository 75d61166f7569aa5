import { z } from 'zod';

const text = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);
const list = z.array(z.unknown()).catch([]);
const named = z.object({ type: text }).optional().catch(undefined);
const messageSchema = z.object({
  id: text,
  type: text,
  from: text,
  from_user_id: text,
  group_id: text,
  interactive: named,
  unsupported: named,
});
const deliverySchema = z.object({ entry: list });
const entrySchema = z.object({ changes: list });
const changeSchema = z.object({ field: z.literal('messages'), value: z.object({ messages: list }) });

/** What people do not expect an answer to: a reaction, Meta's own notes, and the chat being opened. */
const UNANSWERED_TYPES = new Set(['reaction', 'system', 'request_welcome']);
/** Nor to gestures that Meta only names, and to giving leave to be called. */
const UNANSWERED_PARTS = new Set(['reaction', 'pin', 'keep_in_chat', 'poll_update', 'call_permission_reply']);

/**
 * The ids of the messages in this body that ask for an answer. That is every message of a person, also one that cannot
 * be read (its sender must hear so), except reactions, Meta's notes, and messages in groups, where the bot stays
 * silent. A message without an id or sender can neither be known again nor answered. Each id comes once.
 */
export function askingMessages(body: Buffer): string[] {
  const ids = new Set<string>();
  for (const raw of messagesOf(body)) {
    const read = messageSchema.safeParse(raw);
    if (!read.success) continue;
    const { id, type, from, from_user_id: bsuid, group_id: group, interactive, unsupported } = read.data;
    const hasSender = Boolean(from ?? bsuid);
    const isSilent =
      UNANSWERED_TYPES.has(type ?? '') || UNANSWERED_PARTS.has(interactive?.type ?? unsupported?.type ?? '');
    if (id && hasSender && group === undefined && !isSilent) ids.add(id);
  }
  return [...ids];
}

function messagesOf(body: Buffer): unknown[] {
  const entries = read(deliverySchema, asJson(body))?.entry ?? [];
  const changes = entries.flatMap((entry) => read(entrySchema, entry)?.changes ?? []);
  return changes.flatMap((change) => read(changeSchema, change)?.value.messages ?? []);
}

function read<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

function asJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
