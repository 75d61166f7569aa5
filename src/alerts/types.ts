/** What the service can ask a person to look at. The table of kinds says how bad each is and what to do about it. */
export type AlertKind =
  | 'account_restricted'
  | 'account_alert'
  | 'account_review'
  | 'line_quality'
  | 'line_limits'
  | 'line_name'
  | 'line_security'
  | 'line_unknown'
  | 'line_stopped'
  | 'line_limited'
  | 'template_stopped'
  | 'template_quality'
  | 'template_category'
  | 'template_wrong'
  | 'send_refused'
  | 'test_number'
  | 'replies_parked'
  | 'statuses_silent'
  | 'identity_unconfirmed'
  | 'media_stopped'
  | 'person_wanted';

/** Figures and names of things. Never a person's words, name or number: subjects are logged. */
export type AlertSubject = Record<string, string | number | boolean | null>;

/** Which alert, independent of when and how often it was raised. */
export type AlertId = {
  /** Null: what concerns no tenant that is known here. */
  wholesalerId: string | null;
  kind: AlertKind;
  /** What it is about within its kind: a line, a template, an account. */
  key: string;
};

export type AlertToRaise = AlertId & { lineId?: string | null; subject?: AlertSubject };

/** An alert as people see it. */
export type Alert = {
  id: string;
  wholesalerId: string | null;
  lineId: string | null;
  kind: AlertKind;
  key: string;
  severity: 'warning' | 'critical';
  title: string;
  /** What to do about it. */
  hint: string;
  subject: AlertSubject;
  raisedAt: Date;
  seenAt: Date;
  closedAt: Date | null;
};
