import type { AlertKind, AlertSubject } from '../alerts/types.ts';

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
export type IncomingEvent = {
  /** The WhatsApp business account that the entry names; missing where it names none. */
  wabaId?: string | undefined;
} & (
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
    }
);

/**
 * What became of recorded events: new to us, seen before, for lines nobody here has. Of deliveries that were stored
 * together the first one tells for all of them.
 */
export type Recorded = { fresh: number; repeated: number; stray: number };

/** A message as our own code speaks of it; made from the raw payload by the whatsapp folder. */
export type IncomingMessage = MessageContent & {
  /** What the message refers to beside its own words; missing where it refers to nothing. */
  context?: MessageContext | undefined;
  /** The advertisement or post through which the person came. */
  referral?: Referral | undefined;
};

export type MessageContent =
  | { type: 'text'; body: string }
  | { type: 'tap'; id: string; title: string; on: 'button' | 'list' | 'template' }
  | { type: 'cart'; items: CartItem[]; text?: string | undefined; catalogId?: string | undefined }
  | {
      type: 'media';
      media: 'voice' | 'audio' | 'image' | 'video' | 'document' | 'sticker';
      caption?: string | undefined;
      /** Missing where Meta names no file. */
      file?: MediaFile | undefined;
    }
  | { type: 'location'; place?: Place | undefined }
  | { type: 'contacts'; cards: ContactCard[] }
  /** `emoji` is missing when the reaction was taken back. */
  | { type: 'reaction'; to: string | undefined; emoji: string | undefined }
  /** What was entered into a flow or an address form; `answers` is undefined where Meta's text of it was no JSON object. */
  | { type: 'form'; name: string | undefined; answers: Record<string, unknown> | undefined }
  /** Changed by its sender after it was sent; `now` is what it says since, as far as that can be read. */
  | { type: 'edit'; of: string | undefined; now: MessageContent | undefined }
  /** Deleted by its sender for everybody. */
  | { type: 'revoke'; of: string | undefined }
  /** Whether the business may call. Nothing of ours asks for it. */
  | { type: 'call_permission' }
  /** Number or identity changes and other notes by Meta itself. */
  | { type: 'system'; what: string; change?: IdentityChange | undefined }
  /** Messages in groups are never answered. */
  | { type: 'group' }
  /** What Meta does not pass on, or what we cannot read; `what` names it, `code` is Meta's reason. */
  | { type: 'unsupported'; what: string; code?: number | undefined };

/** Who became whom, as Meta names both sides; for `identity_changed` (perhaps another owner) they are the same. */
export type IdentityChange = {
  what: 'number_changed' | 'id_changed' | 'identity_changed';
  old: Pick<Sender, 'bsuid' | 'parentBsuid' | 'phone'>;
  now: Pick<Sender, 'bsuid' | 'parentBsuid' | 'phone'>;
};

export type MessageContext = {
  /** The message that this one answers or was tapped on. May be one that we do not know (any more). */
  id?: string | undefined;
  forwarded?: 'once' | 'often' | undefined;
  /** The catalogue item that the person asks about. */
  product?: { sku: string; catalogId: string | undefined } | undefined;
};

export type Referral = {
  sourceType: string | undefined;
  sourceId: string | undefined;
  headline: string | undefined;
  /** Meta's id of the click. */
  clickId: string | undefined;
};

/** A file that Meta keeps for seven days. */
export type MediaFile = {
  id: string;
  mimeType?: string | undefined;
  /** As Meta writes it: base64 or hexadecimal. */
  sha256?: string | undefined;
  filename?: string | undefined;
};

export type Place = {
  latitude: number;
  longitude: number;
  name?: string | undefined;
  address?: string | undefined;
};

/** A contact card. `contact_request`: the person answered our own question for their number. */
export type ContactCard = {
  origin: 'contact_request' | 'shared';
  name: string | undefined;
  phones: { phone: string; waId: string | undefined }[];
};

/** An item of a catalogue cart; the SKU is Meta's `product_retailer_id`. A quantity that is no number is null. */
export type CartItem = { sku: string; quantity: number | null };

/** What a notice means for us: an alert for whoever runs the service, an alert that it answers, or a person's wish. */
export type News =
  | {
      kind: 'alert';
      alert: AlertKind;
      key: string;
      subject: AlertSubject;
      /** Digits of the number that it is about, where the news names one. */
      displayPhone?: string | undefined;
    }
  | { kind: 'answered'; alert: AlertKind; key: string; by: string }
  /** A person stopped or resumed marketing messages of this business. */
  | { kind: 'marketing'; phone: string | undefined; bsuid: string | undefined; stopped: boolean; at: Date };

/** A status of one of our messages, as our own code speaks of it. */
export type IncomingStatus = {
  wamid: string;
  status: 'sent' | 'delivered' | 'read' | 'failed' | 'other';
  /** Our outbox id, when Meta echoed it (`biz_opaque_callback_data`). */
  outboxId: string | undefined;
  errorCode: number | undefined;
  errorDetail: string | undefined;
};
