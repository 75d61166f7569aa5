import type { Clock } from '../shared/clock.ts';
import type { createFaults, Fault } from './faults.ts';
import { type EdgeAnswer, type GraphBusiness, type GraphCall, type GraphEdge, jsonOf } from './graph-edge.ts';
import { type GraphAnswer, graphError, unknownObject } from './graph-errors.ts';
import { checkBody, type GraphMessage } from './message-rules.ts';
import type { Buckets } from './pair-limit.ts';
import type { Person, StatusName } from './payloads.ts';
import type { createSentLog } from './sent-log.ts';
import { type createStatusFaults, type Planned, planStatuses, type StatusMode } from './status-plan.ts';
import type { createStatusPoster } from './status-poster.ts';

export type ReadMark = { phoneNumberId: string; wamid: string; typing: boolean };

export type MessagesEdge = {
  answer: GraphEdge;
  knowPerson(person: Person): void;
  closeWindow(person: string): void;
  openWindow(person: string): void;
  hears(person: string): void;
  setStatusMode(mode: StatusMode): void;
  releaseStatuses(): void;
  reads(): readonly ReadMark[];
  calls(): number;
  /** Messages whose statuses are late by the dice, at this moment. */
  keptBack(): number;
  stop(): void;
};

type MessagesOptions = GraphBusiness & {
  clock: Clock;
  faults: ReturnType<typeof createFaults>;
  log: ReturnType<typeof createSentLog>;
  poster: ReturnType<typeof createStatusPoster>;
  pairLimit: Buckets | undefined;
  throughput: Buckets | undefined;
  enforceWindows: boolean;
  statusFaults: ReturnType<typeof createStatusFaults>;
  statusMode: StatusMode;
  stages: readonly StatusName[];
  /** What other edges have against a message: media or a template that they do not know. */
  check(phoneNumberId: string, message: GraphMessage): GraphAnswer | undefined;
};
type Sending = { phoneNumberId: string; message: GraphMessage };

const BODY_MAX_BYTES = 1024 * 1024;
const READS_MAX = 100_000;
const WINDOW_MS = 24 * 3_600_000;

/** POST /{phone number id}/messages: messages and read receipts, with the faults that are due. */
export function createMessagesEdge(options: MessagesOptions): MessagesEdge {
  const { clock, faults, log, poster, pairLimit, throughput, statusFaults, lineOf, stages } = options;
  const people = new Map<string, Person>();
  const closedWindows = new Set<string>();
  const heardAtMs = new Map<string, number>();
  const late = new Set<NodeJS.Timeout>();
  const reads: ReadMark[] = [];
  let { statusMode } = options;
  let held: Planned[] = [];
  let calls = 0;

  async function answer(call: GraphCall): Promise<EdgeAnswer | undefined> {
    if (call.method !== 'POST' || call.edge !== 'messages') return undefined;
    calls += 1;
    const phoneNumberId = call.id;
    if (lineOf(phoneNumberId) === undefined) return unknownObject(phoneNumberId);
    if (call.body.length > BODY_MAX_BYTES) return graphError(100, { details: 'The body is too large' });
    if (!call.contentType.startsWith('application/json')) {
      return graphError(100, { details: 'The body has to be application/json' });
    }
    const checked = checkBody(jsonOf(call));
    if (checked.kind === 'refused') return checked.answer;
    if (checked.kind === 'read') {
      if (reads.length < READS_MAX) reads.push({ phoneNumberId, wamid: checked.wamid, typing: checked.typing });
      return { status: 200, body: { success: true } };
    }
    return answerWithFault({ phoneNumberId, message: checked.message }, faults.take());
  }

  async function answerWithFault(sending: Sending, fault: Fault | undefined): Promise<EdgeAnswer> {
    switch (fault?.kind) {
      case 'error':
        return graphError(fault.code, fault);
      case 'http':
        return { broken: { ...fault, html: fault.body !== 'empty' } };
      case 'reset':
        return { broken: 'cut' };
      case 'hang':
        return { broken: 'silent' };
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, fault.ms));
        return accept(sending);
    }
    const accepted = accept(sending, fault?.kind === 'accept_then_fail' ? fault.code : undefined);
    // A refusal stays a refusal: faults that lose the answer need a message that was accepted.
    if (accepted.status !== 200) return accepted;
    switch (fault?.kind) {
      case 'accept_then_cut':
        return { broken: 'cut' };
      case 'accept_then_truncate':
        return { broken: 'truncated' };
      case 'accept_then_hang':
        return { broken: 'silent' };
      case 'accept_then_garble':
        return { broken: 'garbled' };
    }
    return accepted;
  }

  function accept({ phoneNumberId, message }: Sending, failsWith?: number): GraphAnswer {
    const input = message.to?.replace(/^\+/, '') ?? message.recipient ?? '';
    const person = people.get(input) ?? (message.to === undefined ? { bsuid: input } : { phone: input });
    const at = clock.now();
    const line = lineOf(phoneNumberId);
    if (line === undefined) return unknownObject(phoneNumberId);
    if (throughput?.allows(phoneNumberId, at) === false) return graphError(130429);
    if (isWindowClosed(person, at) && message.type !== 'template') return graphError(131047);
    const refusal = options.check(phoneNumberId, message);
    if (refusal !== undefined) return refusal;
    if (pairLimit?.allows(`${phoneNumberId}/${input}`, at) === false) return graphError(131056);
    const fault = statusFaults.take();
    const sent = log.add({ phoneNumberId, message, at, failsWith, statuses: fault ?? statusMode });
    const progress = { line, person, wamid: sent.wamid, outboxId: sent.outboxId, at, failsWith };
    report(planStatuses.bind(undefined, progress), fault);
    const contact = message.to === undefined ? { input, user_id: input } : { input: message.to, wa_id: input };
    const messages = [{ id: sent.wamid, message_status: 'accepted' }];
    return { status: 200, body: { messaging_product: 'whatsapp', contacts: [contact], messages } };
  }

  function report(plan: (mode: StatusMode, stages: readonly StatusName[]) => Planned[], fault?: StatusMode): void {
    const planned = plan(fault ?? statusMode, stages);
    if (fault === 'late') {
      const timer = setTimeout(() => {
        late.delete(timer);
        poster.add(planned);
      }, statusFaults.late);
      late.add(timer);
    } else if (fault === undefined && statusMode === 'late') held.push(...planned);
    // Statuses may overtake the answer of the call they belong to, as they do at Meta.
    else poster.add(planned);
  }

  function isWindowClosed({ phone = '', bsuid = '' }: Person, at: Date): boolean {
    if (closedWindows.has(phone) || closedWindows.has(bsuid)) return true;
    if (!options.enforceWindows) return false;
    const heard = Math.max(heardAtMs.get(phone) ?? 0, heardAtMs.get(bsuid) ?? 0);
    return at.getTime() - heard >= WINDOW_MS;
  }

  return {
    answer,
    knowPerson(person) {
      if (person.phone !== undefined) people.set(person.phone, person);
      if (person.bsuid !== undefined) people.set(person.bsuid, person);
    },
    closeWindow: (person) => void closedWindows.add(person),
    openWindow: (person) => void closedWindows.delete(person),
    hears: (person) => void heardAtMs.set(person, clock.now().getTime()),
    setStatusMode(mode) {
      statusMode = mode;
    },
    releaseStatuses() {
      poster.add(held);
      held = [];
    },
    reads: () => reads,
    calls: () => calls,
    keptBack: () => late.size,
    stop() {
      for (const timer of late) clearTimeout(timer);
    },
  };
}
