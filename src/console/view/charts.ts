import { html, type SafeHtml } from '@remix-run/html-template';

// Small charts drawn on the server: SVG with attributes only, since the Content-Security-Policy allows no inline style.
// Each has a text beside it that says the same, for whoever does not see it.

export type Bar = { label: string; value: number; title: string };

/** About as wide as its card on a phone, so that its words are as large there as those around it. */
const WIDTH = 400;
const HEIGHT = 150;
const BASE = 18;
/** Above the highest bar, for its value. */
const TOP = 16;

/** One bar for each label, as high as its value, which stands above it. */
export function barChart({ name, bars }: { name: string; bars: readonly Bar[] }): SafeHtml {
  const top = Math.max(1, ...bars.map((bar) => bar.value));
  const slot = WIDTH / Math.max(1, bars.length);
  const width = Math.max(2, slot * 0.68);
  const shape = (bar: Bar, index: number): SafeHtml => {
    const height = Math.round(((HEIGHT - BASE - TOP) * bar.value) / top);
    const middle = (index * slot + slot / 2).toFixed(1);
    const x = (index * slot + (slot - width) / 2).toFixed(1);
    return html`<g><title>${bar.title}</title>
      <rect class="bar" x="${x}" y="${HEIGHT - BASE - height}" width="${width.toFixed(1)}" height="${height}" rx="2"></rect>
      ${bar.value === 0 ? '' : html`<text class="value" x="${middle}" y="${HEIGHT - BASE - height - 4}" text-anchor="middle">${bar.value}</text>`}
      ${index % labelEvery(bars.length) === 0 ? html`<text x="${middle}" y="${HEIGHT - 4}" text-anchor="middle">${bar.label}</text>` : ''}
    </g>`;
  };
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${name}">
    ${bars.map(shape)}
    <line class="axis" x1="0" x2="${WIDTH}" y1="${HEIGHT - BASE}" y2="${HEIGHT - BASE}"></line>
  </svg>`;
}

const labelEvery = (count: number): number => (count > 8 ? 2 : 1);

export type Part = { value: bigint; look: 'bar' | 'bar-2' | 'bar-3' };

/** Parts of a whole in one line: how much of a limit is owed and held. What passes the whole is drawn to its edge. */
export function meter({ name, parts, whole }: { name: string; parts: readonly Part[]; whole: bigint }): SafeHtml {
  const sum = parts.reduce((all, part) => all + part.value, 0n);
  const full = sum > whole ? sum : whole;
  let x = 0;
  const shapes = parts.map(({ value, look }) => {
    const width = full === 0n ? 0 : Number((value * 10_000n) / full) / 100;
    const shape = html`<rect class="${look}" x="${x.toFixed(2)}" y="0" width="${width.toFixed(2)}" height="4"></rect>`;
    x += width;
    return shape;
  });
  return html`<svg class="chart" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="${name}">
    <rect class="ground" x="0" y="0" width="100" height="4"></rect>${shapes}
  </svg>`;
}
