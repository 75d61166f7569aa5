import { expect, test } from 'vitest';
import { formatText } from '../../src/simulator/page/format-text.ts';

test.each([
  ['Total *1,240.00*', 'Total <strong>1,240.00</strong>'],
  ['_soft_ and ~gone~', '<em>soft</em> and <s>gone</s>'],
  ['2 * 3 * 4', '2 * 3 * 4'],
  ['a*b*c', 'a*b*c'],
  ['*two\nlines*', '*two\nlines*'],
  ['*<b>*', '<strong>&lt;b&gt;</strong>'],
  ['<script>', '&lt;script&gt;'],
  ['المجموع *280.00*', 'المجموع <strong>280.00</strong>'],
])("%j is shown with WhatsApp's marks, escaped", (text, shown) => {
  expect(String(formatText(text))).toBe(shown);
});
