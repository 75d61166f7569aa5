/** What Graph answers: a status, a JSON body, and sometimes Retry-After. */
export type GraphAnswer = { status: number; body: unknown; retryAfterSeconds?: number | undefined };

/** Meta's words and HTTP status for the codes that a sender can meet. */
const ERRORS: Record<number, { status: number; title: string }> = {
  0: { status: 401, title: 'AuthException' },
  1: { status: 500, title: 'An unknown error occurred' },
  2: { status: 503, title: 'Service temporarily unavailable' },
  3: { status: 403, title: 'API Method' },
  4: { status: 429, title: 'Application request limit reached' },
  10: { status: 403, title: 'Application does not have permission for this action' },
  17: { status: 429, title: 'User request limit reached' },
  32: { status: 429, title: 'Page request limit reached' },
  33: { status: 400, title: 'Parameter value is not valid' },
  100: { status: 400, title: 'Invalid parameter' },
  102: { status: 401, title: 'API Session' },
  190: { status: 401, title: 'Invalid OAuth access token - Cannot parse access token' },
  200: { status: 403, title: 'API Permission' },
  368: { status: 403, title: 'Temporarily blocked for policies violations' },
  470: { status: 400, title: 'Re-engagement message' },
  613: { status: 429, title: 'Calls to this api have exceeded the rate limit' },
  2500: { status: 400, title: 'Unknown path components' },
  80008: { status: 429, title: 'There have been too many calls to this WhatsApp Business account' },
  80007: { status: 429, title: 'Rate limit issues' },
  130429: { status: 429, title: 'Rate limit hit' },
  130472: { status: 400, title: "User's number is part of an experiment" },
  130497: { status: 403, title: 'Business account is restricted from messaging users in this country' },
  131000: { status: 500, title: 'Something went wrong' },
  131005: { status: 403, title: 'Access denied' },
  131008: { status: 400, title: 'Required parameter is missing' },
  131009: { status: 400, title: 'Parameter value is not valid' },
  131016: { status: 503, title: 'Service unavailable' },
  131021: { status: 400, title: 'Recipient cannot be sender' },
  131026: { status: 400, title: 'Message undeliverable' },
  131030: { status: 400, title: 'Recipient phone number not in allowed list' },
  131031: { status: 403, title: 'Business Account locked' },
  131037: { status: 400, title: 'The display name of the number needs to be approved' },
  131042: { status: 400, title: 'Business eligibility payment issue' },
  131044: { status: 400, title: 'Business eligibility issue' },
  131045: { status: 400, title: 'Incorrect certificate' },
  131047: { status: 400, title: 'Re-engagement message' },
  131048: { status: 400, title: 'Spam rate limit hit' },
  131049: { status: 400, title: 'Message not delivered to maintain healthy ecosystem engagement' },
  131050: { status: 400, title: 'User has stopped marketing messages' },
  131051: { status: 400, title: 'Unsupported message type' },
  131052: { status: 400, title: 'Media download error' },
  131053: { status: 400, title: 'Media upload error' },
  131056: { status: 429, title: '(Business Account, Consumer Account) pair rate limit hit' },
  131057: { status: 500, title: 'Account in maintenance mode' },
  132000: { status: 400, title: 'Number of parameters does not match the expected number of params' },
  132001: { status: 404, title: 'Template name does not exist in the translation' },
  132005: { status: 400, title: 'Translated text too long' },
  132012: { status: 400, title: 'Parameter format does not match format in the created template' },
  132015: { status: 400, title: 'Template is paused due to low quality' },
  132016: { status: 400, title: 'Template is disabled' },
  131062: { status: 400, title: 'Business-scoped user id is not allowed for this message' },
  131064: { status: 400, title: 'Messages limited for template violations' },
  132007: { status: 400, title: 'Template format character policy violated' },
  132008: { status: 400, title: 'Template parameter missing' },
  132068: { status: 400, title: 'Flow is blocked' },
  132069: { status: 400, title: 'Flow is throttled' },
  133004: { status: 503, title: 'Server temporarily unavailable' },
  133010: { status: 400, title: 'Phone number not registered' },
  133016: { status: 429, title: 'Account register deregister rate limit exceeded' },
  135000: { status: 400, title: 'Generic user error' },
  137000: { status: 400, title: 'Recipient identity hash mismatch' },
};

type Extra = {
  status?: number | undefined;
  details?: string;
  subcode?: number;
  retryAfterSeconds?: number | undefined;
};

let traces = 0;

/** The answer with which Graph refuses: `{error: {...}}` with the code's own words. */
export function graphError(code: number, extra: Extra = {}): GraphAnswer {
  const known = ERRORS[code] ?? { status: 400, title: 'Unknown error' };
  traces += 1;
  return {
    status: extra.status ?? known.status,
    retryAfterSeconds: extra.retryAfterSeconds,
    body: {
      error: {
        message: `(#${code}) ${known.title}`,
        type: 'OAuthException',
        code,
        error_subcode: extra.subcode,
        error_data: { messaging_product: 'whatsapp', details: extra.details ?? known.title },
        fbtrace_id: `Atrace${traces}`,
      },
    },
  };
}

/** How Graph refuses an id that it does not know, or does not show to this token. */
export function unknownObject(id: string): GraphAnswer {
  return graphError(100, { subcode: 33, details: `Object with ID '${id}' does not exist or cannot be loaded` });
}

/** The words of a code, for failed statuses. */
export function titleOf(code: number): string {
  return ERRORS[code]?.title ?? 'Unknown error';
}
