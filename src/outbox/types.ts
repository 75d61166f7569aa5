/** A reply as the conversation decides it: plain data, within WhatsApp's limits by construction. */
export type Reply = ReplyContent & ReplyHandling;

/** What the person gets. Lengths count UTF-16 units; src/shared/message-limits.ts has every limit by name. */
export type ReplyContent =
  /** Body at most 4,096. `previewUrl` shows a picture of the first link in it. */
  | { kind: 'text'; body: string; previewUrl?: true | undefined }
  /** 1 to 3 buttons; body at most 1,024, titles at most 20, ids at most 256. */
  | { kind: 'buttons'; body: string; buttons: ReplyButton[] }
  /** At most 10 rows over all sections; titles at most 24, descriptions at most 72, row ids at most 200. */
  | { kind: 'list'; body: string; button: string; rows: ListRow[] }
  /** One button that opens a web page; its words at most 20. */
  | { kind: 'link'; body: string; button: string; url: string }
  /** One product of the catalogue that is connected to the line; `sku` is its `product_retailer_id`. */
  | { kind: 'product'; body?: string | undefined; catalogId: string; sku: string }
  /** At most 10 sections and 30 products over all; the header is required and at most 60. */
  | { kind: 'product_list'; header: string; body: string; catalogId: string; sections: ProductSection[] }
  /** A file; caption at most 1,024. */
  | { kind: 'document'; file: DocumentFile; filename: string; caption?: string | undefined }
  | TemplateContent
  /** An emoji beside a message of theirs; an empty one takes ours away again. */
  | { kind: 'reaction'; wamid: string; emoji: string }
  /** Asks a person whom we know by BSUID only to share their phone number. */
  | { kind: 'contact_request'; body: string };

/** How the outbox treats a reply, whatever it says. */
export type ReplyHandling = {
  /** The message of theirs (wamid) that this answers: shown above it. */
  quotes?: string | undefined;
  /** Dropped with a note when its turn comes later than this after it was queued. */
  usefulForMs?: number | undefined;
  /** Goes instead when the 24-hour window is closed; without it the reply is dropped and staff are told. */
  outsideWindow?: TemplateContent | undefined;
  /** Never merged with a neighbour. */
  keepApart?: true | undefined;
};

export type ReplyButton = { id: string; title: string };
/** Rows in a row with the same `section` stand under that title (at most 24). */
export type ListRow = { id: string; title: string; description?: string | undefined; section?: string | undefined };
export type ProductSection = { title: string; skus: string[] };

/** Media that Meta has already, or a row of `outgoing_file`, which is uploaded when the reply is sent. */
export type DocumentFile = { mediaId: string } | { fileId: string };

/** A message that Meta approved beforehand, the only kind that may go outside the 24-hour window. */
export type TemplateContent = {
  kind: 'template';
  name: string;
  /** Meta's code of the language, for example pt_BR. */
  language: string;
  /** What takes the places of the body; the names are those of the template. */
  body: TemplateParameter[];
  /** What a tap on its quick-reply buttons sends back, in the order of the buttons. */
  payloads?: string[] | undefined;
};
export type TemplateParameter = { name: string; text: string };

/** Where a reply goes. At least one of the two is there; the phone wins when both are (Meta's rule). */
export type Recipient = {
  phone?: string | undefined;
  /** A business-scoped user id or the parent of one: Meta takes both in the same place, whole and unchanged. */
  bsuid?: string | undefined;
};

/** One message to be handed to the Graph API. */
export type OutgoingMessage = {
  /** Whose files it may name. */
  wholesalerId: string;
  /** Travels as `biz_opaque_callback_data`, so that statuses settle sends whose answer was lost. */
  outboxId: string;
  phoneNumberId: string;
  /** Name of the setting that holds the line's access token. */
  tokenRef: string;
  recipient: Recipient;
  reply: Reply;
  /** Meta could not use the file of an earlier try: it has to be uploaded anew, whatever is known of it. */
  freshUpload?: true | undefined;
};

/** How a refusal by the Graph API is to be treated (whatsapp-cloud-api fact sheet 6.7). */
export type RefusalClass =
  /** 5xx, 1, 2, 131000, 131016, 131057, 133004, 135000: try again with back-off. */
  | 'transient'
  /** 130429: the whole line pauses. */
  | 'line_rate'
  /** 4, 80007: every line of the app pauses, for minutes. */
  | 'app_rate'
  /** 131056: only this person's queue pauses, 4^n seconds. */
  | 'pair_rate'
  /** Token, permission, registration, account blocks: the line stops until somebody mends it. */
  | 'line_stopped'
  /** 131042, 131048, 131064: answers are still tried; what the line begins itself waits. */
  | 'line_limited'
  /** 131047, 470: the 24-hour window is closed. */
  | 'window_closed'
  /** 131026, 131062: not by this identity; another, where one is known, is tried once. */
  | 'unreachable'
  /** 131052, 131053: Meta cannot use the file; it is uploaded anew, once. */
  | 'media'
  /** This message will never go: bad parameter, template that does not fit, unsupported. */
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

/** A file on one number: media belongs to the number that it was uploaded for. */
export type FileOnLine = { wholesalerId: string; fileId: string; phoneNumberId: string };
export type FileToUpload = { filename: string; mimeType: string; bytes: Uint8Array };
export type FoundFile =
  | { kind: 'uploaded'; mediaId: string }
  | { kind: 'to_upload'; file: FileToUpload }
  /** It was too old and is gone, or never was. */
  | { kind: 'missing' };

/** The files that replies name, for whoever sends them. */
export type OutgoingFiles = {
  /** Throws when the database cannot be asked. */
  find(key: FileOnLine): Promise<FoundFile>;
  // The other two never throw: what they could not write costs one more upload.
  /** What Meta calls it from now on, for a little less than the 30 days that it keeps uploads. */
  remember(key: FileOnLine, mediaId: string): Promise<void>;
  /** Meta does not know this id any more: the next `find` gives the bytes again. */
  forget(key: FileOnLine, mediaId: string): Promise<void>;
};
