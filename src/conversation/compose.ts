import { fitReply } from '../outbox/reply-fit.ts';
import type { ListRow, Reply, ReplyButton, ReplyHandling } from '../outbox/types.ts';
import { INTERACTIVE_BODY_MAX, TEXT_BODY_MAX } from '../shared/message-limits.ts';

/** What a message ends with: a question in words, with buttons, or with rows to choose from. */
export type Ask =
  | { kind: 'words'; body: string }
  | { kind: 'buttons'; body: string; buttons: ReplyButton[] }
  | { kind: 'list'; body: string; button: string; rows: ListRow[] }
  /** WhatsApp's own button, with which a person shares their phone number. */
  | { kind: 'contact_request'; body: string };

/** What may be tapped in answer, in its order; WhatsApp's own button has no id of ours. */
export function choicesOf(ask: Ask): readonly { id: string; title: string }[] {
  if (ask.kind === 'buttons') return ask.buttons;
  return ask.kind === 'list' ? ask.rows : [];
}

type Said = Pick<ReplyHandling, 'outsideWindow' | 'usefulForMs'> & {
  lines: readonly string[];
  ask: Ask | null;
  document?: { fileId: string; filename: string; caption: string } | undefined;
};

/**
 * Lines and a closing question as the fewest messages that WhatsApp takes: one where all of it fits, else the lines as
 * texts, broken between lines only, and the question on its own at the end, so that its buttons are what is seen last.
 * What has a template for a closed window should fit one message.
 */
export function compose({ lines, ask, outsideWindow, usefulForMs, document }: Said): Reply[] {
  const said = [...(document === undefined ? [] : fileReplies(document)), ...inWindow(lines, ask)];
  const replies = said.map((reply) => (usefulForMs === undefined ? reply : { ...reply, usefulForMs }));
  if (outsideWindow === undefined) return replies;
  // One template says all of it, so it stands for the first message alone.
  return replies.map((reply, at) => (at === 0 ? { ...reply, outsideWindow } : reply));
}

function fileReplies({ fileId, filename, caption }: NonNullable<Said['document']>): Reply[] {
  return fitReply({ kind: 'document', file: { fileId }, filename, caption });
}

function inWindow(lines: readonly string[], ask: Ask | null): Reply[] {
  const text = lines.join('\n').trim();
  if (ask === null) return texts(text);
  const together = [...lines, ask.body].join('\n').trim();
  if (together.length <= bodyMax(ask)) return closing(ask, together);
  if (ask.kind === 'words') return texts(together);
  return [...texts(text), ...closing(ask, ask.body)];
}

function texts(body: string): Reply[] {
  return fitReply({ kind: 'text', body });
}

function bodyMax(ask: Ask): number {
  return ask.kind === 'words' ? TEXT_BODY_MAX : INTERACTIVE_BODY_MAX;
}

function closing(ask: Ask, body: string): Reply[] {
  return ask.kind === 'words' ? texts(body) : fitReply({ ...ask, body });
}
