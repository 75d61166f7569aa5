/** A reply as the conversation decides it: plain data, within WhatsApp's limits by construction. */
export type Reply =
  | { kind: 'text'; body: string }
  /** 1 to 3 buttons; body at most 1,024, titles at most 20, ids at most 256 UTF-16 units. */
  | { kind: 'buttons'; body: string; buttons: ReplyButton[] }
  /** At most 10 rows over all; titles at most 24, descriptions at most 72, row ids at most 200. */
  | { kind: 'list'; body: string; button: string; rows: ListRow[] };

export type ReplyButton = { id: string; title: string };
export type ListRow = { id: string; title: string; description?: string | undefined };

/** Where a reply goes. At least one of the two is there; the phone wins when both are (Meta's rule). */
export type Recipient = { phone?: string | undefined; bsuid?: string | undefined };

/** One message to be handed to the Graph API. */
export type OutgoingMessage = {
  /** Travels as `biz_opaque_callback_data`, so that statuses settle sends whose answer was lost. */
  outboxId: string;
  phoneNumberId: string;
  /** Name of the setting that holds the line's access token. */
  tokenRef: string;
  recipient: Recipient;
  reply: Reply;
};

/** How a refusal by the Graph API is to be treated (whatsapp-cloud-api fact sheet 6.7). */
export type RefusalClass =
  /** 5xx, 1, 2, 131000, 131016, 131057, 133004, 135000: try again with back-off. */
  | 'transient'
  /** 4, 80007, 130429: the whole line pauses. */
  | 'line_rate'
  /** 131056: only this person's queue pauses, 4^n seconds. */
  | 'pair_rate'
  /** Token, permission, registration, account blocks: the line stops until somebody mends it. */
  | 'line_stopped'
  /** 131047, 470: the 24-hour window is closed. */
  | 'window_closed'
  /** This message will never go: unreachable person, bad parameter, unsupported. */
  | 'final';

export type SendOutcome =
  | { kind: 'accepted'; wamid: string }
  | {
      kind: 'refused';
      class: RefusalClass;
      httpStatus: number;
      metaCode: number | undefined;
      retryAfterMs: number | undefined;
      detail: string;
    }
  /** Not one byte of the request was written: safe to send again. */
  | { kind: 'not_sent'; detail: string }
  /** The request left and no answer came: only a status can tell. */
  | { kind: 'unknown'; detail: string };

/** The outbox's way out; `whatsapp/graph-client.ts` satisfies it. Never throws for what a network or Meta can do. */
export type MessageSender = { send(message: OutgoingMessage): Promise<SendOutcome> };
