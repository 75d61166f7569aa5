/** Everything Meta told us about who sent a message. Which retailer that is, is the worker's question, later. */
export type Sender = {
  /** Business-scoped user id, for example "IN.1349120865530"; the preferred identity. */
  bsuid?: string | undefined;
  parentBsuid?: string | undefined;
  /** Digits with country code, no plus. May be missing: people can hide it. */
  phone?: string | undefined;
  username?: string | undefined;
  profileName?: string | undefined;
};

/**
 * One thing that happened at Meta, read from a delivery. `payload` is the raw message, status or change value, kept so
 * that later code can read it again; `eventKey` makes it storable once per line.
 */
export type IncomingEvent =
  | {
      kind: 'message';
      /** `m:<message id>` */
      eventKey: string;
      phoneNumberId: string;
      /** Queue key within the line: `b:<BSUID>`, else `p:<phone>`. Pure: no lookup. */
      personKey: string;
      sender: Sender;
      sentAt: Date;
      payload: unknown;
    }
  | {
      kind: 'status';
      /** `s:<wamid>:<status>:<timestamp>` */
      eventKey: string;
      phoneNumberId: string;
      sentAt: Date;
      payload: unknown;
    }
  | {
      /** Account news, unknown fields, value-level errors, messages nobody can be named for: kept, never answered. */
      kind: 'notice';
      /** `f:<field>:<sha256 of value>` */
      eventKey: string;
      /** Missing where the change names no line. */
      phoneNumberId: string | undefined;
      field: string;
      sentAt: Date;
      payload: unknown;
    };

/** What became of a recorded delivery: rows new to us, rows seen before, rows for lines nobody here has. */
export type Recorded = { fresh: number; repeated: number; stray: number };

/** A message as our own code speaks of it; made from the raw payload by the whatsapp folder. */
export type IncomingMessage =
  | { type: 'text'; body: string; contextId?: string | undefined }
  | { type: 'tap'; id: string; title: string; contextId?: string | undefined }
  | { type: 'cart'; items: CartItem[]; text?: string | undefined }
  | {
      type: 'media';
      media: 'voice' | 'audio' | 'image' | 'video' | 'document' | 'sticker';
      caption?: string | undefined;
    }
  | { type: 'location' }
  | { type: 'contacts' }
  | { type: 'reaction' }
  /** Number or identity changes and other notes by Meta itself. */
  | { type: 'system'; what: string }
  /** Messages in groups are never answered. */
  | { type: 'group' }
  | { type: 'unsupported'; what: string };

/** An item of a catalogue cart; the SKU is Meta's `product_retailer_id`. A quantity that is no number is null. */
export type CartItem = { sku: string; quantity: number | null };

/** A status of one of our messages, as our own code speaks of it. */
export type IncomingStatus = {
  wamid: string;
  status: 'sent' | 'delivered' | 'read' | 'failed' | 'other';
  /** Our outbox id, when Meta echoed it (`biz_opaque_callback_data`). */
  outboxId: string | undefined;
  errorCode: number | undefined;
  errorDetail: string | undefined;
};
