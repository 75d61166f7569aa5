import type { FakeGraph, Fault } from '../../src/simulator/fake-graph.ts';

// Everything that can go wrong between us and Meta, each with the same share of calls.

/** Refusals that are final share one share. */
const FINAL = [131026, 131047, 131009, 132001, 137000];

export const FAULTS: Fault[] = [
  { kind: 'http', status: 502, body: 'html' },
  { kind: 'reset' },
  { kind: 'hang' },
  { kind: 'delay', ms: 400 },
  { kind: 'accept_then_cut' },
  { kind: 'accept_then_truncate' },
  { kind: 'accept_then_hang' },
  { kind: 'accept_then_garble' },
  { kind: 'accept_then_fail', code: 131016 },
  { kind: 'error', code: 131000 },
  { kind: 'error', code: 131057 },
  { kind: 'error', code: 130429, retryAfterSeconds: 1 },
  { kind: 'error', code: 131056 },
  { kind: 'error', code: 80007 },
  { kind: 'error', code: 190 },
  { kind: 'error', code: 131048 },
];

/** From now on each kind of fault has this share of calls, and each fault of statuses of messages. */
export function shake(graph: FakeGraph, share: number): void {
  for (const fault of FAULTS) graph.faults.rate(fault, share);
  for (const code of FINAL) graph.faults.rate({ kind: 'error', code }, share / FINAL.length);
  for (const fault of ['late', 'duplicate', 'reordered', 'none'] as const) graph.statusFaults.rate(fault, share);
}

export function settle(graph: FakeGraph): void {
  graph.faults.clear();
  for (const fault of ['late', 'duplicate', 'reordered', 'none'] as const) graph.statusFaults.rate(fault, 0);
}
