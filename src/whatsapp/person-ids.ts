// What ids of people look like, for what comes in and what goes out alike: whoever can be heard can be answered.

/**
 * ISO country code, dot, id; a little wider than Meta's own wording, because ids are opaque to us and go back as they came.
 * As long as the key of a conversation has room for: a longer one would make its whole delivery unstorable.
 */
export const BSUID = /^[A-Z]{2}\.[A-Za-z0-9._-]{1,190}$/;
/** Shared by the portfolios of one enterprise. */
export const PARENT_BSUID = /^[A-Z]{2}\.ENT\./;
/** Digits with the country's code. */
export const PHONE = /^\+?(\d{5,20})$/;
