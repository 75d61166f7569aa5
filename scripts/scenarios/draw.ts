// Draws a scenario as an SVG that a light and a dark page can both show, and that says in words what it shows.
import type { Level, Mark, Panel, Scenario, Span } from './timeline.ts';

const WIDTH = 1000;
const GUTTER = 170;
const PLOT = WIDTH - GUTTER - 30;
const LEVEL_HEIGHT = 56;
/** The axis goes on behind the last event, so that its words have a place. */
const ROOM_FOR_WORDS = 1.24;

const style = `
  text { font-family: system-ui, 'DejaVu Sans', sans-serif; font-size: 13px; fill: #1f2328; }
  .page { fill: #ffffff; stroke: #d1d9e0; } .title { font-size: 17px; font-weight: 600; } .head { font-size: 14px; font-weight: 600; }
  .dim { fill: #59636e; font-size: 12px; } .grid { stroke: #d1d9e0; stroke-width: 1; } .rail { stroke: #d1d9e0; }
  .works { fill: #8c959f; } .holds { fill: #0969da; } .queues { fill: #9ecbff; } .sleeps { fill: #d4a72c; }
  .approved { fill: #1a7f37; } .refused { fill: #cf222e; } .tries, .lost { fill: #bc4c00; } .crash { fill: #cf222e; }
  .level { fill: #54aeff; fill-opacity: 0.45; stroke: #0969da; } .over { fill: #cf222e; fill-opacity: 0.55; } .limit { stroke: #cf222e; stroke-dasharray: 6 4; stroke-width: 1.5; }
  .word { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .page { fill: #0d1117; stroke: #3d444d; } .dim { fill: #9198a1; } .grid, .rail { stroke: #3d444d; }
    .works { fill: #7d8590; } .holds { fill: #4493f8; } .queues { fill: #1f4b7d; } .sleeps { fill: #bb8009; }
    .approved { fill: #3fb950; } .refused, .crash { fill: #f85149; } .tries, .lost { fill: #f0883e; } .level { fill: #1f6feb; stroke: #4493f8; }
    .over { fill: #f85149; } .limit { stroke: #f85149; } .word { stroke: #0d1117; }
  }`;

export function drawScenario(scenario: Scenario, description: string): string {
  const endOf = (panel: Panel): number =>
    Math.max(
      ...panel.spans.map(({ toMs }) => toMs),
      ...panel.marks.map(({ atMs }) => atMs),
      ...(panel.level?.steps ?? []).map(({ atMs }) => atMs),
    );
  const ends = [endOf(scenario.before), endOf(scenario.after)];
  const axes = scenario.sameAxis ? ends.map(() => Math.max(...ends)) : ends;
  const parts: string[] = [];
  let y = 38;
  [scenario.before, scenario.after].forEach((panel, index) => {
    const drawn = drawPanel(panel, (axes[index] ?? 1) * ROOM_FOR_WORDS, y);
    parts.push(drawn.svg);
    y = drawn.bottom + 22;
  });
  const legend = drawLegend(y, scenario);
  const height = y + 34;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title desc">
<title id="title">${escapeXml(scenario.title)}</title>
<desc id="desc">${escapeXml(description)}</desc>
<style>${style}</style>
<rect class="page" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
<text class="title" x="20" y="28">${escapeXml(scenario.title)}</text>
${parts.join('\n')}
${legend}
</svg>
`;
}

function drawPanel(panel: Panel, axisMs: number, top: number): { svg: string; bottom: number } {
  const thin = panel.lanes.length > 10;
  const laneHeight = thin ? 8 : 34;
  const x = (atMs: number): number => round(GUTTER + (Math.max(0, atMs) / axisMs) * PLOT);
  const out: string[] = [`<text class="head" x="20" y="${top + 22}">${escapeXml(panel.title)}</text>`];
  let y = top + 36;
  const lanesTop = y;
  const rows: string[] = [];
  panel.lanes.forEach((lane, index) => {
    const middle = y + laneHeight / 2;
    if (!thin) rows.push(`<text x="20" y="${middle + 4}">${escapeXml(lane)}</text>`);
    else if (index === 0)
      rows.push(
        `<text x="20" y="${y + (laneHeight * panel.lanes.length) / 2 + 4}">${panel.lanes.length} orders, a line each</text>`,
      );
    if (!thin) rows.push(`<line class="rail" x1="${GUTTER}" y1="${middle}" x2="${GUTTER + PLOT}" y2="${middle}"/>`);
    rows.push(...panel.spans.filter((span) => span.lane === lane).map((span) => drawSpan(span, x, middle, thin)));
    rows.push(...panel.marks.filter((mark) => mark.lane === lane).map((mark) => drawMark(mark, x, middle, thin)));
    y += laneHeight;
  });
  let level = '';
  if (panel.level !== undefined) {
    level = drawLevel(panel.level, x, axisMs, y + 8);
    y += LEVEL_HEIGHT + 16;
  }
  const ticks = ticksOf(axisMs).map(
    (tick) =>
      `<line class="grid" x1="${x(tick)}" y1="${lanesTop - 4}" x2="${x(tick)}" y2="${y}"/><text class="dim" x="${x(tick)}" y="${y + 15}" text-anchor="middle">${tick} ms</text>`,
  );
  const words = wrap(panel.outcome, 132).map(
    (line, index) => `<text x="20" y="${y + 38 + index * 18}">${escapeXml(line)}</text>`,
  );
  out.push(...ticks, ...rows, level, ...words);
  return { svg: out.join('\n'), bottom: y + 38 + (words.length - 1) * 18 };
}

function drawSpan({ kind, fromMs, toMs }: Span, x: (ms: number) => number, middle: number, thin: boolean): string {
  const half = thin ? 2.5 : kind === 'holds' ? 9 : 6;
  const width = Math.max(1, round(x(toMs) - x(fromMs)));
  return `<rect class="${kind}" x="${x(fromMs)}" y="${middle - half}" width="${width}" height="${half * 2}" rx="${thin ? 1 : 2}"/>`;
}

function drawMark({ kind, atMs, label }: Mark, x: (ms: number) => number, middle: number, thin: boolean): string {
  const at = x(atMs);
  if (kind === 'tries') {
    const half = thin ? 2.5 : 10;
    return `<rect class="tries" x="${at - 1}" y="${middle - half}" width="2.5" height="${half * 2}"/>`;
  }
  const word = (className: string, dy: number): string =>
    label === '' ? '' : `<text class="word ${className}" x="${at + 12}" y="${middle + dy}">${escapeXml(label)}</text>`;
  if (kind === 'note')
    return `<circle class="works" cx="${at}" cy="${middle}" r="4"/><text class="word dim" x="${at}" y="${middle - 9}" text-anchor="middle">${escapeXml(label)}</text>`;
  if (kind === 'crash') {
    return `<path class="crash" transform="translate(${at} ${middle})" d="M-8,-5 L-5,-8 L0,-3 L5,-8 L8,-5 L3,0 L8,5 L5,8 L0,3 L-5,8 L-8,5 L-3,0 Z"/>${word('crash', 5)}`;
  }
  return `<circle class="${kind}" cx="${at}" cy="${middle}" r="${thin ? 3 : 7}"/>${word(kind, 5)}`;
}

function drawLevel(level: Level, x: (ms: number) => number, axisMs: number, top: number): string {
  const most = Math.max(level.limitMinor, ...level.steps.map(({ minor }) => minor)) * 1.08;
  const y = (minor: number): number => round(top + LEVEL_HEIGHT - (minor / most) * LEVEL_HEIGHT);
  const out: string[] = [`<text x="20" y="${top + LEVEL_HEIGHT / 2 + 4}">${escapeXml(level.label)}</text>`];
  level.steps.forEach(({ atMs, minor }, index) => {
    const end = level.steps[index + 1]?.atMs ?? axisMs;
    const [from, width] = [x(atMs), round(x(end) - x(atMs))];
    const inside = Math.min(minor, level.limitMinor);
    out.push(
      `<rect class="level" x="${from}" y="${y(inside)}" width="${width}" height="${round(top + LEVEL_HEIGHT - y(inside))}"/>`,
    );
    if (minor > inside)
      out.push(
        `<rect class="over" x="${from}" y="${y(minor)}" width="${width}" height="${round(y(inside) - y(minor))}"/>`,
      );
    const figure = (minor / 100).toLocaleString('en-US');
    // What is too long for its step is left out: the outcome has the figures too.
    const words = [`${figure}: over the limit`, figure]
      .slice(minor > inside ? 0 : 1)
      .find(({ length }) => length * 8 < width);
    if (words !== undefined) {
      out.push(`<text class="word" x="${from + 6}" y="${top + LEVEL_HEIGHT - 8}">${words}</text>`);
    }
  });
  const limit = y(level.limitMinor);
  out.push(`<line class="limit" x1="${GUTTER}" y1="${limit}" x2="${GUTTER + PLOT}" y2="${limit}"/>`);
  out.push(
    `<text class="word dim" x="${GUTTER + 4}" y="${limit + 14}">limit ${(level.limitMinor / 100).toLocaleString('en-US')}</text>`,
  );
  return out.join('\n');
}

const legendWords: Record<string, string> = {
  works: 'at work, no lock',
  queues: 'waits its turn',
  holds: 'has the lock',
  sleeps: 'sleeps',
  tries: 'found it locked',
  approved: 'approved',
  refused: 'refused',
  lost: 'gave up',
  crash: 'killed',
};

function drawLegend(y: number, { before, after }: Scenario): string {
  const used = new Set<string>(
    [...before.spans, ...before.marks, ...after.spans, ...after.marks].map(({ kind }) => kind),
  );
  const out: string[] = [];
  let x = 20;
  for (const [kind, words] of Object.entries(legendWords)) {
    if (!used.has(kind)) continue;
    const round = ['approved', 'refused', 'lost'].includes(kind);
    out.push(
      round
        ? `<circle class="${kind}" cx="${x + 7}" cy="${y + 9}" r="6"/>`
        : `<rect class="${kind}" x="${x}" y="${y + 3}" width="${kind === 'tries' ? 3 : 14}" height="12" rx="2"/>`,
    );
    out.push(`<text class="dim" x="${x + 20}" y="${y + 13}">${words}</text>`);
    x += 36 + words.length * 7;
  }
  return out.join('\n');
}

/** Four to eight round numbers. */
function ticksOf(axisMs: number): number[] {
  const step = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500].find((size) => axisMs / size <= 9) ?? 1_000;
  return Array.from({ length: Math.floor(axisMs / step) + 1 }, (_, n) => n * step);
}

function wrap(words: string, width: number): string[] {
  const lines = [''];
  for (const word of words.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
