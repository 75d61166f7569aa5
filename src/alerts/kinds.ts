import type { AlertKind } from './types.ts';

type Words = {
  /** `critical`: orders or answers are being lost until somebody acts. `warning`: they will be if nobody does. */
  severity: 'warning' | 'critical';
  title: string;
  hint: string;
};

/** How bad each kind of alert is, and what a person should do about it. */
export const alertKinds: Readonly<Record<AlertKind, Words>> = {
  account_restricted: {
    severity: 'critical',
    title: 'Meta restricts or disabled the WhatsApp business account',
    hint: 'Open Business Support Home (business.facebook.com/business-support-home), read the decision and request a review there. Until it is lifted, tell shops to order by phone.',
  },
  account_alert: {
    severity: 'warning',
    title: 'Meta sent an alert about the WhatsApp business account',
    hint: 'Open WhatsApp Manager > Overview (business.facebook.com/wa/manage) and follow what it asks for.',
  },
  account_review: {
    severity: 'critical',
    title: 'Meta did not approve the WhatsApp business account',
    hint: 'Open Security Centre in the business settings, complete the verification that it names, and request another review.',
  },
  line_quality: {
    severity: 'warning',
    title: 'The quality rating of a WhatsApp number fell',
    hint: 'People block or report it. Stop sending templates that nobody asked for, and look at WhatsApp Manager > Phone numbers > Insights. Left as it is, Meta lowers how many people may be written to.',
  },
  line_limits: {
    severity: 'warning',
    title: 'Meta limits how many people may be written to in a day',
    hint: 'Answers to people who wrote in the last 24 hours are not counted; reminders and statements outside of that are. Verify the business, and keep the quality rating green, to be raised again.',
  },
  line_name: {
    severity: 'warning',
    title: 'The display name of a WhatsApp number was refused',
    hint: 'Enter a name that matches the business in WhatsApp Manager > Phone numbers > Name; a number without an approved name can be stopped from sending.',
  },
  line_security: {
    severity: 'critical',
    title: 'The two-step PIN of a WhatsApp number was changed or removed',
    hint: 'Ask who did it. If nobody of yours did, set a new PIN in WhatsApp Manager > Phone numbers > Two-step verification at once, and renew the system-user tokens.',
  },
  line_unknown: {
    severity: 'warning',
    title: 'Messages arrive for a WhatsApp number that no wholesaler here has',
    hint: 'Import the number (lines[].phoneNumberId in the shop file, npm run import). If it belongs to another system, give that number a callback of its own in the app dashboard. What came so far is kept in stray_event.',
  },
  line_stopped: {
    severity: 'critical',
    title: 'A WhatsApp number cannot send',
    hint: 'Run npm run doctor: it says whether the token, a right or the registration is missing. Replies are kept and leave when it is mended.',
  },
  line_limited: {
    severity: 'critical',
    title: 'A WhatsApp number may only answer: what it begins itself waits',
    hint: 'Meta wants a payment method (131042: WhatsApp Manager > Payment settings) or limits the number for its quality (131048, 131064: WhatsApp Manager > Phone numbers > Insights). Answers are still tried; statements and reminders wait and leave when it is mended.',
  },
  template_stopped: {
    severity: 'critical',
    title: 'A message template was rejected, paused or disabled',
    hint: 'Messages outside the 24 hours that use it are not sent. Read the reason in WhatsApp Manager > Message templates, change the text, and submit it again: npm run templates -- check',
  },
  template_quality: {
    severity: 'warning',
    title: 'The quality of a message template fell',
    hint: 'People block or report it; Meta pauses it next. Send it less often, or make its text more useful.',
  },
  template_category: {
    severity: 'warning',
    title: 'Meta moved a message template to another category',
    hint: 'The price of each such message changed, and people who refuse marketing no longer get it if it is marketing now. Ask for a review within 60 days in WhatsApp Manager, or reword it.',
  },
  template_wrong: {
    severity: 'critical',
    title: 'A message template does not match what the service fills into it',
    hint: 'Compare its name, language and parameters with docs/templates.md: npm run templates -- check. Messages that use it are not sent.',
  },
  send_refused: {
    severity: 'critical',
    title: 'Meta refuses messages of a form that this service builds',
    hint: 'This is a bug or a change at Meta. Send the code and the log line "reply failed" to the developers; each reply that failed stands in its conversation.',
  },
  test_number: {
    severity: 'warning',
    title: "Meta's test number may not write to this recipient",
    hint: 'Add the phone to the allowed recipients: WhatsApp > API Setup > To in the Meta dashboard. Or use a number of your own.',
  },
  replies_parked: {
    severity: 'warning',
    title: 'Replies could not be sent and wait for staff',
    hint: 'Open the conversation in the console; the reason stands beside the reply. Call the shop if it is urgent.',
  },
  statuses_silent: {
    severity: 'warning',
    title: 'Meta reports nothing about sent messages',
    hint: 'Run npm run doctor: it checks that the webhook is subscribed to `messages`. Until reports come back, it is not known which uncertain replies arrived.',
  },
  identity_unconfirmed: {
    severity: 'warning',
    title: 'Somebody writes who may or may not be a known shop',
    hint: 'Call the shop on a number that you know, then link or refuse the new identity in the console. Until then they cannot order on its credit.',
  },
  person_wanted: {
    severity: 'warning',
    title: 'A shop asks for a person',
    hint: 'Open the chat in the console and take it over: the bot is silent there until it is handed back.',
  },
  media_stopped: {
    severity: 'warning',
    title: 'Photos and voice notes cannot be fetched from Meta',
    hint: 'Run npm run doctor: it checks the token and its rights. Media can be fetched for seven days after they were sent.',
  },
};
