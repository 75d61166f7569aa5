import type { AlertKind } from '../../../src/alerts/index.ts';
import type { IncomingMessage, IncomingStatus, Sender } from '../../../src/inbox/index.ts';

/** A delivery of fixtures/webhooks and everything that is promised about it; docs/webhooks.md is made of these. */
export type Story = {
  /** The file's name without .json. */
  file: string;
  /** The type of message or status, or the field, as Meta names it. */
  of: string;
  /** What happened at the other end. */
  story: string;
  /** What we do with it, in words for the documentation. */
  happens: string;
  /** The rows that it leaves, in the order in which they stand in the delivery. */
  keeps: readonly Row[];
  /** What its messages say, in our own words; for each of them in turn. */
  reads?: readonly DeepPartial<IncomingMessage>[];
  /** Who wrote the first message. */
  from?: Partial<Sender>;
  /** What its statuses say. */
  statuses?: readonly Partial<IncomingStatus>[];
  /** What each message of it is answered; none: silence. */
  answers?: readonly RegExp[];
  /** The alert that it raises, or closes. */
  raises?: AlertPromise;
  closes?: AlertPromise;
};

export type Row = 'message' | 'status' | 'notice' | 'stray message' | 'stray status' | 'stray notice';

/** `outside`: concerns no tenant. */
export type AlertPromise = { kind: AlertKind; key: string; outside?: true };

export type DeepPartial<T> = T extends object ? { [Key in keyof T]?: DeepPartial<T[Key]> } : T;
