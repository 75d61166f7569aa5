import { html, type SafeHtml } from '@remix-run/html-template';

/** WhatsApp's own marks: *bold*, _italic_ and ~struck~, each around words and not inside one. */
const MARKED = /(?<![\p{L}\p{N}])([*_~])(?=\S)([^*_~\n]+?)(?<=\S)\1(?![\p{L}\p{N}])/gu;

/** The text of a message as the phone shows it, escaped. Line breaks are kept by the style sheet. */
export function formatText(text: string): SafeHtml {
  const parts: (SafeHtml | string)[] = [];
  let done = 0;
  for (const match of text.matchAll(MARKED)) {
    const [whole, mark, words = ''] = match;
    parts.push(text.slice(done, match.index), marked(mark ?? '', words));
    done = match.index + whole.length;
  }
  parts.push(text.slice(done));
  return html`${parts}`;
}

function marked(mark: string, words: string): SafeHtml {
  if (mark === '*') return html`<strong>${words}</strong>`;
  return mark === '_' ? html`<em>${words}</em>` : html`<s>${words}</s>`;
}
