import type { FakeGraph, Fault } from '../fake-graph.ts';
import type { StatusMode } from '../status-plan.ts';

// What can go wrong at WhatsApp, for a person to switch on and watch.

type SwitchedFault = { id: string; label: string; means: string; fault: Fault };

export const FAULTS: readonly SwitchedFault[] = [
  {
    id: 'answer-lost',
    label: 'Answer lost',
    means: 'The message arrives and the answer to us is cut off: it must not be sent twice.',
    fault: { kind: 'accept_then_cut' },
  },
  { id: 'cut-before', label: 'Connection reset', means: 'Nothing arrived.', fault: { kind: 'reset' } },
  {
    id: 'down',
    label: 'Graph API down',
    means: 'HTTP 503 from something in front of it.',
    fault: { kind: 'http', status: 503 },
  },
  { id: 'slow', label: 'Slow answer', means: 'Three seconds late.', fault: { kind: 'delay', ms: 3_000 } },
  {
    id: 'pair-limit',
    label: 'Too many to one person',
    means: 'Code 131056: this chat pauses, others go on.',
    fault: { kind: 'error', code: 131056 },
  },
  {
    id: 'window-closed',
    label: '24-hour window closed',
    means: 'Code 131047: only templates may go.',
    fault: { kind: 'error', code: 131047 },
  },
  {
    id: 'fails-later',
    label: 'Accepted, then failed',
    means: 'A failed status (131026) follows.',
    fault: { kind: 'accept_then_fail', code: 131026 },
  },
];

export const STATUS_MODES: readonly { id: StatusMode; label: string }[] = [
  { id: 'normal', label: 'in order' },
  { id: 'none', label: 'never' },
  { id: 'late', label: 'late (until switched back)' },
  { id: 'duplicate', label: 'each twice' },
  { id: 'reordered', label: 'read before sent' },
];

export type FaultSwitches = {
  /** What is on at the moment. */
  state(): { always: ReadonlySet<string>; statuses: StatusMode };
  /** The next reply meets this fault. False for one that is not known. */
  once(id: string): boolean;
  /** Every reply meets it, or none any more. */
  always(id: string, isOn: boolean): boolean;
  statuses(mode: StatusMode): void;
};

/** Remembers what a person switched on at the fake Graph API. */
export function createFaultSwitches(graph: FakeGraph): FaultSwitches {
  const always = new Set<string>();
  let mode: StatusMode = 'normal';
  const faultAt = (id: string): Fault | undefined => FAULTS.find((one) => one.id === id)?.fault;
  return {
    state: () => ({ always, statuses: mode }),
    once(id) {
      const fault = faultAt(id);
      if (fault !== undefined) graph.faults.next(fault);
      return fault !== undefined;
    },
    always(id, isOn) {
      const fault = faultAt(id);
      if (fault === undefined) return false;
      graph.faults.rate(fault, isOn ? 1 : 0);
      if (isOn) always.add(id);
      else always.delete(id);
      return true;
    },
    statuses(next) {
      mode = next;
      graph.setStatusMode(next);
      if (next !== 'late') graph.releaseStatuses();
    },
  };
}
