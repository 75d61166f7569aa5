import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { interval, jsonLine, median, percentile, ratiosOf, table } from '../../scripts/bench/results.ts';
import { routes } from '../../src/console/routes.ts';

const root = path.join(import.meta.dirname, '../..');

const bench = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/bench.ts', ...args], { cwd: root });

const above = (unit: string, baseline: unknown) => ({
  value: expect.toSatisfy((value: number) => value > 0),
  unit,
  baseline: baseline === null ? null : expect.any(String),
  baselineValue: baseline === null ? null : expect.toSatisfy((value: number) => value > 0),
  ratio: baseline === null ? null : expect.any(Number),
});

describe('figures of a bench', () => {
  it('takes medians and percentiles that were really measured or lie between two that were', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(percentile([5, 1, 4, 2, 3], 50)).toBe(3);
    expect(percentile([5, 1, 4, 2, 3], 99)).toBe(5);
    expect(percentile([7], 1)).toBe(7);
  });

  it('encloses the median with 90 % confidence, or with all there is where the rounds are too few for that', () => {
    expect(interval([3, 1, 2])).toBe('1 - 3');
    expect(interval([5, 1, 4, 2, 3])).toBe('1 - 5');
    expect(interval([7, 1, 4, 2, 3, 5, 6])).toBe('1 - 7');
    expect(interval([8, 7, 1, 4, 2, 3, 5, 6])).toBe('2 - 7');
    expect(interval([0.123, 0.456], 2)).toBe('0.12 - 0.46');
  });

  it('compares round by round, so that what disturbs a round disturbs both', () => {
    expect(ratiosOf([10, 30, 20], [20, 30, 0])).toEqual([0.5, 1]);
  });

  it('compares the median with that of the baseline, where there is one', () => {
    const measured = [
      { name: 'fast', unit: '/s', rounds: [10, 30, 20], baseline: { name: 'plain', rounds: [40, 40] } },
      { name: 'wait', unit: 'ms', rounds: [1.24], baseline: null },
    ];
    expect(JSON.parse(jsonLine('demo', measured))).toEqual({
      bench: 'demo',
      results: [
        { name: 'fast', value: 20, unit: '/s', baseline: 'plain', baselineValue: 40, ratio: 0.5 },
        { name: 'wait', value: 1.2, unit: 'ms', baseline: null, baselineValue: null, ratio: null },
      ],
    });
    expect(table(measured)).toMatch(/fast.*20 \/s.*10 - 30.*plain.*40 \/s.*0\.50/);
  });
});

describe('npm run bench', () => {
  // Shape and completeness only: a machine that runs other tests beside this one says nothing about speed. That every
  // message was answered once is checked by the bench itself, which fails otherwise.
  it('measures the whole road of orders and ends with the contract line', { timeout: 180_000 }, async () => {
    const { stdout } = await bench('orders', '--quick', '--json');
    const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(last.bench).toBe('orders');
    expect(last.results).toEqual([
      { name: 'orders', ...above('/s', 'insert') },
      { name: 'messages', ...above('/s', 'insert') },
      { name: 'latency-p50', ...above('ms', null) },
      { name: 'latency-p99', ...above('ms', null) },
    ]);
  });

  // That every page answers and shows a bounded number of rows is checked by the bench itself.
  it('measures every page of the console on books of its own', { timeout: 180_000 }, async () => {
    const { stdout } = await bench('console', '--quick', '--json');
    const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    const pages = routes.filter(
      ({ method, path, right }) => method === 'GET' && right !== 'public' && !/:|\.csv$/.test(path),
    );
    expect(last.results).toEqual(
      expect.arrayContaining(pages.map(({ path }) => ({ name: path, ...above('ms', null) }))),
    );
    expect(stdout).toMatch(/page.*bytes.*brotli.*rows/);
  });

  // That every acknowledged hold is in the ledger once and that the ledger proves is checked by the bench itself.
  it('measures holds beside a plain insert and the original design', { timeout: 180_000 }, async () => {
    const { stdout } = await bench('credit', '--quick', '--json');
    const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(last.bench).toBe('credit');
    const compared = [
      'one-1',
      'hot-8',
      'hot-32',
      'spread-32',
      'hot-32-history-10000',
      'hot-32-history-100000',
      'processes-2',
    ];
    expect(last.results).toEqual([
      ...compared.flatMap((name) => [
        { name, ...above('/s', 'insert'), baseline: 'insert' },
        { name, ...above('/s', 'original'), baseline: 'original' },
      ]),
      { name: 'capture', ...above('/s', null) },
      { name: 'release', ...above('/s', null) },
      { name: 'payment', ...above('/s', null) },
    ]);
    expect(stdout).toMatch(/p50 ms.*p99 ms.*refused/);
    for (const reach of [
      'hot-32 x insert',
      'hot-32-history-100000 x hot-32',
      'processes-2 x hot-32',
      'one-1 x insert',
    ]) {
      expect(stdout).toMatch(new RegExp(`(met   |missed) ${reach}: [\\d.]+ \\([\\d.]+ - [\\d.]+\\), at least`));
    }
  });

  // That every acknowledged message is stored once is checked by the bench itself.
  it('measures the webhook beside a bare route and a plain insert', { timeout: 180_000 }, async () => {
    const { stdout } = await bench('webhook', '--quick', '--json');
    const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(last).toEqual({
      bench: 'webhook',
      results: ['single', 'batch-20'].flatMap((name) => [
        { name, ...above('/s', 'bare'), baseline: 'bare' },
        { name, ...above('/s', 'insert'), baseline: 'insert' },
      ]),
    });
  });

  it('measures the parser beside two search engines', { timeout: 180_000 }, async () => {
    const { stdout } = await bench('parser', '--quick', '--json');
    const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(last.bench).toBe('parser');
    const results: { name: string; baseline: string }[] = last.results;
    const names = (baseline: string) => results.filter((one) => one.baseline === baseline).map(({ name }) => name);
    const times = ['131', '50000'].flatMap((size) => [
      `index-${size}`,
      `memory-${size}`,
      ...['clean', 'noisy'].flatMap((kind) =>
        ['line', 'list', 'lookup'].flatMap((what) => ['p50', 'p99'].map((part) => `${what}-${kind}-${size}-${part}`)),
      ),
      `recall1-${size}`,
      `recall5-${size}`,
    ]);
    expect(names('minisearch')).toEqual(times);
    expect(names('fuse.js')).toEqual(expect.arrayContaining(['lookup-noisy-50000-p50', 'recall1-50000-sample']));
    expect(stdout).toMatch(/(met {3}|missed) lookup beside minisearch: [\d.]+ x as fast/);
  });

  it('says which names there are when it is given none that it knows', async () => {
    const failed = bench('nothing');
    await expect(failed).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Name one bench[\s\S]*credit[\s\S]*orders/),
    });
  });
});
