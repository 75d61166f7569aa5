import type { ListRow, Reply, ReplyButton } from '../outbox/types.ts';
import {
  BUTTON_TITLE_MAX,
  fitTitle,
  INTERACTIVE_BODY_MAX,
  LIST_BUTTON_MAX,
  LIST_ROWS_MAX,
  ROW_DESCRIPTION_MAX,
  ROW_TITLE_MAX,
  splitText,
  TEXT_BODY_MAX,
} from '../shared/message-limits.ts';

/** What a message ends with: a question in words, with buttons, or with rows to choose from. */
export type Ask =
  | { kind: 'words'; body: string }
  | { kind: 'buttons'; body: string; buttons: ReplyButton[] }
  | { kind: 'list'; body: string; button: string; rows: ListRow[] };

/**
 * Lines and a closing question as the fewest messages that WhatsApp takes: one where all of it fits, else the lines as
 * texts, broken between lines only, and the question on its own at the end, so that its buttons are what is seen last.
 */
export function compose(lines: readonly string[], ask: Ask | null): Reply[] {
  const text = lines.join('\n').trim();
  if (ask === null) return texts(text);
  const together = [...lines, ask.body].join('\n').trim();
  if (together.length <= bodyMax(ask)) return closing(ask, together);
  if (ask.kind === 'words') return texts(together);
  return [...texts(text), ...closing(ask, fitTitle(ask.body, INTERACTIVE_BODY_MAX))];
}

function texts(text: string): Reply[] {
  return splitText(text, TEXT_BODY_MAX).map((body) => ({ kind: 'text', body }));
}

function bodyMax(ask: Ask): number {
  return ask.kind === 'words' ? TEXT_BODY_MAX : INTERACTIVE_BODY_MAX;
}

function closing(ask: Ask, body: string): Reply[] {
  if (ask.kind === 'words') return texts(body);
  if (ask.kind === 'buttons') {
    const buttons = ask.buttons.map((button) => ({ ...button, title: fitTitle(button.title, BUTTON_TITLE_MAX) }));
    return [{ kind: 'buttons', body, buttons }];
  }
  const rows = ask.rows.slice(0, LIST_ROWS_MAX).map((row) => ({
    id: row.id,
    title: fitTitle(row.title, ROW_TITLE_MAX),
    description: row.description === undefined ? undefined : fitTitle(row.description, ROW_DESCRIPTION_MAX),
  }));
  return [{ kind: 'list', body, button: fitTitle(ask.button, LIST_BUTTON_MAX), rows }];
}
