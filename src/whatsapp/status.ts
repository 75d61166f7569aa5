import { z } from 'zod';
import type { IncomingStatus } from '../inbox/types.ts';
import { errorCode, idText, text } from './fields.ts';
import { makeTextStorable } from './storable-json.ts';

const ID_MAX = 512;
const DETAIL_MAX = 500;

const errorSchema = z.object({
  code: errorCode,
  title: text,
  message: text,
  details: text,
  error_data: z.object({ details: text }).optional().catch(undefined),
});
const statusSchema = z.object({
  id: idText,
  status: text,
  biz_opaque_callback_data: idText,
  errors: z.array(z.unknown()).optional().catch(undefined),
});

/** `played` means that a voice message was heard, which is as good as read. */
const KNOWN: Record<string, IncomingStatus['status']> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
};

/** What a status says about a message of ours. Total: what cannot be read is `other`, which moves nothing. */
export function readStatus(payload: unknown): IncomingStatus {
  const parsed = statusSchema.safeParse(payload);
  const { id, status, biz_opaque_callback_data, errors = [] } = parsed.success ? parsed.data : {};
  const known = status !== undefined && Object.hasOwn(KNOWN, status) ? (KNOWN[status] ?? 'other') : 'other';
  const error = errorSchema.safeParse(errors[0]);
  const detail = error.success
    ? (error.data.error_data?.details ?? error.data.details ?? error.data.message ?? error.data.title)
    : undefined;
  return {
    wamid: (id ?? '').slice(0, ID_MAX),
    // A "sent" that carries errors was not sent: errors win over the word (seen in the wild).
    status: known !== 'other' && errors.length > 0 ? 'failed' : known,
    outboxId: biz_opaque_callback_data?.slice(0, ID_MAX),
    errorCode: error.success ? error.data.code : undefined,
    errorDetail: detail === undefined ? undefined : makeTextStorable(detail.slice(0, DETAIL_MAX)),
  };
}
