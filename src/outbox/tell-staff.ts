import { createHash } from 'node:crypto';
import type { AlertToRaise } from '../alerts/index.ts';
import type { Reply } from './types.ts';

/** A reply that will not arrive by itself. */
export type Failure = {
  wholesalerId: string;
  lineId: string;
  personKey: string;
  outboxId: string;
  state: 'failed' | 'dropped';
  errorClass: string | null;
  errorCode: number | null;
  reply: Reply;
  /** It went, or was to go, as its template. */
  byTemplate: boolean;
};

const TEMPLATE_STOPPED = [132015, 132016];
/** Marketing that Meta holds back, or that the person stopped or never wanted. */
const MARKETING = [131049, 131050, 130472];
const WRONG_FORM = [33, 100, 131008, 131009, 131021, 131051, 132068, 132069];

/**
 * What a person is to be told about a reply that failed; null when that is how it should be. One alert stands for many:
 * it is keyed by what has to be mended, not by the reply. The reason stands beside each reply in its conversation.
 */
export function alertFor(failure: Failure): AlertToRaise | null {
  const { wholesalerId, lineId, outboxId, errorClass, errorCode } = failure;
  const subject = { outboxId, errorClass, metaCode: errorCode };
  const alert = (kind: AlertToRaise['kind'], key: string, more = {}): AlertToRaise => {
    return { wholesalerId, lineId, kind, key, subject: { ...subject, ...more } };
  };
  const parked = alert('replies_parked', `${lineId}/${errorClass}`);
  if (failure.state === 'dropped') {
    // Too late to be of use, or from a line that is no more: noted beside the reply, and nothing to do.
    return errorClass === 'stale' || errorClass === 'line_retired' ? null : parked;
  }
  const template = templateOf(failure);
  if (errorCode === null) return errorClass === 'final' ? alert('send_refused', 'unsendable') : parked;
  if (MARKETING.includes(errorCode)) return template === null ? parked : null;
  if (TEMPLATE_STOPPED.includes(errorCode)) return alert('template_stopped', template ?? lineId, { template });
  if (errorCode === 131030) return alert('test_number', lineId);
  if (errorCode === 137000) return alert('identity_unconfirmed', unnamed(failure));
  if (WRONG_FORM.includes(errorCode)) return alert('send_refused', `code ${errorCode}`);
  if (errorCode >= 132000 && errorCode <= 132999) return alert('template_wrong', template ?? lineId, { template });
  return parked;
}

function templateOf({ reply, byTemplate }: Failure): string | null {
  const content = byTemplate ? reply.outsideWindow : reply;
  return content?.kind === 'template' ? content.name : null;
}

/** Stands for a person in a key that is logged: the same for the same person, and no number. */
function unnamed({ lineId, personKey }: Failure): string {
  return createHash('sha256').update(`${lineId}/${personKey}`).digest('hex').slice(0, 16);
}
