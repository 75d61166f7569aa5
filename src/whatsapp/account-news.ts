import { z } from 'zod';
import type { News } from '../inbox/types.ts';
import { block, idText, list, numberLike, short, text } from './fields.ts';
import { BSUID, PHONE } from './person-ids.ts';

// What Meta's other webhook fields mean for whoever runs the service. One reader per field; a field without one is kept
// and means nothing. Subjects hold figures and names of things, never of people: alerts are logged.

/** The news in a notice: none for most. */
export function readNews({ field, payload, wabaId }: Notice): News[] {
  const read = Object.hasOwn(readers, field) ? readers[field] : undefined;
  const news = read?.(payload) ?? [];
  // News of a whole account names it nowhere but in the entry around it.
  return news.map((one) =>
    one.kind !== 'marketing' && one.key === THE_ACCOUNT ? { ...one, key: wabaId ?? THE_ACCOUNT } : one,
  );
}

type Notice = { field: string; payload: unknown; wabaId: string | undefined };

const THE_ACCOUNT = 'account';

type Alert = Extract<News, { kind: 'alert' }>;

const alert = (kind: Alert['alert'], key: string | undefined, subject: Record<string, string | number | undefined>) => {
  const known = Object.entries(subject).filter((pair): pair is [string, string | number] => pair[1] !== undefined);
  return { kind: 'alert', alert: kind, key: key ?? THE_ACCOUNT, subject: Object.fromEntries(known) } as const;
};
const answered = (kind: Alert['alert'], key: string | undefined, by: string | undefined) =>
  ({ kind: 'answered', alert: kind, key: key ?? THE_ACCOUNT, by: `meta: ${by ?? 'resolved'}` }) as const;

const accountSchema = z.object({
  event: text,
  ban_info: block({ waba_ban_state: text, waba_ban_date: text }),
  violation_info: block({ violation_type: text }),
  restriction_info: list,
});
const restrictionSchema = z.object({ restriction_type: text, expiration: idText });

const BAD_FOR_ACCOUNT = new Set([
  'ACCOUNT_VIOLATION',
  'ACCOUNT_RESTRICTION',
  'ACCOUNT_DELETED',
  'ACCOUNT_OFFBOARDED',
  'DISABLED_UPDATE',
  'PARTNER_REMOVED',
  'PARTNER_APP_UNINSTALLED',
]);
const GOOD_FOR_ACCOUNT = new Set([
  'ACCOUNT_RECONNECTED',
  'ACCOUNT_RESTORED',
  'PARTNER_ADDED',
  'PARTNER_APP_INSTALLED',
  'VERIFIED_ACCOUNT',
]);

function readAccount(payload: unknown): News[] {
  const account = accountSchema.safeParse(payload).data;
  const event = short(account?.event, 60);
  if (account === undefined || event === undefined) return [];
  const banState = short(account.ban_info?.waba_ban_state, 60);
  if (GOOD_FOR_ACCOUNT.has(event) || banState === 'REINSTATE') {
    return [answered('account_restricted', undefined, banState ?? event)];
  }
  if (!BAD_FOR_ACCOUNT.has(event)) return [];
  const restriction = restrictionSchema.safeParse(account.restriction_info?.[0]).data;
  return [
    alert('account_restricted', undefined, {
      event,
      banState,
      violation: short(account.violation_info?.violation_type, 100),
      restriction: short(restriction?.restriction_type, 100),
      until: short(restriction?.expiration, 40),
    }),
  ];
}

const accountAlertSchema = z.object({
  entity_type: text,
  entity_id: idText,
  alert_severity: text,
  alert_status: text,
  alert_type: text,
  alert_info: block({ alert_severity: text, alert_status: text, alert_type: text }),
});

function readAccountAlert(payload: unknown): News[] {
  const outer = accountAlertSchema.safeParse(payload).data;
  if (outer === undefined) return [];
  // Meta moved the three into a block of their own; both were seen.
  const { alert_severity, alert_status, alert_type } = outer.alert_info ?? outer;
  const type = short(alert_type, 100);
  if (type === undefined) return [];
  const key = `${outer.entity_id ?? 'account'}:${type}`;
  if (alert_status === 'NONE' || alert_status === 'RESOLVED') return [answered('account_alert', key, alert_status)];
  if (alert_severity === 'INFORMATIONAL') return [];
  return [
    alert('account_alert', key, { type, severity: short(alert_severity, 40), entity: short(outer.entity_type, 40) }),
  ];
}

function readReview(payload: unknown): News[] {
  const decision = z.object({ decision: text }).safeParse(payload).data?.decision;
  if (decision === 'APPROVED') return [answered('account_review', undefined, decision)];
  return decision === 'REJECTED' ? [alert('account_review', undefined, { decision })] : [];
}

const templateSchema = z.object({
  event: text,
  message_template_id: idText,
  message_template_name: text,
  message_template_language: text,
  reason: text,
  other_info: block({ title: text }),
  previous_quality_score: text,
  new_quality_score: text,
  previous_category: text,
  new_category: text,
  correct_category: text,
});

const BAD_FOR_TEMPLATE = new Set(['REJECTED', 'PAUSED', 'DISABLED', 'FLAGGED', 'LIMIT_EXCEEDED', 'ARCHIVED']);
/** Also deleted: a template that is wanted no more needs nobody. */
const GOOD_FOR_TEMPLATE = new Set(['APPROVED', 'REINSTATED', 'UNARCHIVED', 'DELETED']);

function readTemplate(payload: unknown) {
  const template = templateSchema.safeParse(payload).data;
  const name = short(template?.message_template_name, 120);
  const language = short(template?.message_template_language, 20);
  const key = name === undefined ? short(template?.message_template_id, 60) : `${name}/${language ?? ''}`;
  return template === undefined || key === undefined ? undefined : { ...template, key, name, language };
}

function readTemplateStatus(payload: unknown): News[] {
  const template = readTemplate(payload);
  const event = short(template?.event, 40);
  if (template === undefined || event === undefined) return [];
  const { key, name, language, reason, other_info } = template;
  if (GOOD_FOR_TEMPLATE.has(event)) return [answered('template_stopped', key, event)];
  if (!BAD_FOR_TEMPLATE.has(event)) return [];
  const why = reason === 'NONE' ? undefined : short(reason, 100);
  return [alert('template_stopped', key, { template: name, language, event, reason: why ?? short(other_info?.title) })];
}

function readTemplateQuality(payload: unknown): News[] {
  const template = readTemplate(payload);
  const score = template?.new_quality_score;
  if (template === undefined) return [];
  const { key, name, language, previous_quality_score } = template;
  if (score === 'GREEN') return [answered('template_quality', key, score)];
  if (score !== 'YELLOW' && score !== 'RED') return [];
  return [
    alert('template_quality', key, { template: name, language, score, before: short(previous_quality_score, 20) }),
  ];
}

/** Only what makes it dearer and stoppable needs a person: a template that became a marketing one. */
function readTemplateCategory(payload: unknown): News[] {
  const template = readTemplate(payload);
  if (template === undefined) return [];
  const { key, name, language, new_category, correct_category, previous_category } = template;
  const category = correct_category ?? new_category;
  if (category === undefined) return [];
  if (category !== 'MARKETING') return [answered('template_category', key, short(category, 40))];
  if (previous_category === 'MARKETING') return [];
  return [
    alert('template_category', key, { template: name, language, category, before: short(previous_category, 40) }),
  ];
}

const lineSchema = z.object({
  display_phone_number: idText,
  event: text,
  current_limit: idText,
  old_limit: idText,
  max_daily_conversations_per_business: idText,
  decision: text,
  rejection_reason: text,
});

function readLine(payload: unknown) {
  const line = lineSchema.safeParse(payload).data;
  const displayPhone = line?.display_phone_number?.replaceAll(/\D/g, '').slice(0, 20);
  return line === undefined || !displayPhone ? undefined : { ...line, displayPhone };
}

function readLineQuality(payload: unknown): News[] {
  const line = readLine(payload);
  if (line === undefined) return [];
  const { displayPhone, event, old_limit } = line;
  const limit = short(line.current_limit ?? line.max_daily_conversations_per_business, 40);
  const subject = { event, limit, before: short(old_limit, 40) };
  switch (event) {
    case 'FLAGGED':
      return [{ ...alert('line_quality', displayPhone, subject), displayPhone }];
    case 'DOWNGRADE':
      return [{ ...alert('line_limits', displayPhone, subject), displayPhone }];
    case 'UNFLAGGED':
      return [answered('line_quality', displayPhone, event)];
    case 'UPGRADE':
      return [answered('line_limits', displayPhone, event)];
    default:
      return [];
  }
}

const capabilitySchema = z.object({
  max_daily_conversation_per_phone: numberLike,
  max_daily_conversations_per_business: z.union([z.string(), z.number()]).optional().catch(undefined),
});

/** From here on nobody who answers orders comes near the limit. */
const PEOPLE_PER_DAY_AMPLE = 100_000;

function readCapability(payload: unknown): News[] {
  const capability = capabilitySchema.safeParse(payload).data;
  const perBusiness = capability?.max_daily_conversations_per_business;
  const tier = perBusiness ?? capability?.max_daily_conversation_per_phone;
  if (tier === undefined) return [];
  const people = peopleOf(tier);
  if (people === undefined) return [];
  const isAmple = people < 0 || people >= PEOPLE_PER_DAY_AMPLE;
  const limit = short(String(tier), 40);
  return isAmple ? [answered('line_limits', undefined, limit)] : [alert('line_limits', undefined, { limit })];
}

/** "TIER_2K", "TIER_UNLIMITED", 250 or -1 (no limit). */
function peopleOf(tier: string | number): number | undefined {
  if (typeof tier === 'number') return tier;
  if (/UNLIMITED/i.test(tier)) return -1;
  const [, digits, thousand] = /^(?:TIER_)?(-?\d{1,9})(K?)$/i.exec(tier) ?? [];
  return digits === undefined ? undefined : Number(digits) * (thousand ? 1_000 : 1);
}

function readLineName(payload: unknown): News[] {
  const line = readLine(payload);
  if (line === undefined) return [];
  const { decision, displayPhone, rejection_reason } = line;
  if (decision === 'APPROVED') return [answered('line_name', displayPhone, decision)];
  if (decision !== 'REJECTED' && decision !== 'DECLINED') return [];
  return [{ ...alert('line_name', displayPhone, { decision, reason: short(rejection_reason, 100) }), displayPhone }];
}

function readSecurity(payload: unknown): News[] {
  const line = readLine(payload);
  const event = short(line?.event, 60);
  if (line === undefined || event === undefined) return [];
  const { displayPhone } = line;
  return [{ ...alert('line_security', `${displayPhone}:${event}`, { event }), displayPhone }];
}

const preferenceSchema = z.object({
  wa_id: idText,
  user_id: idText,
  category: text,
  value: text,
  timestamp: idText,
});

/** A person stops or resumes marketing messages; every entry of its own, broken ones left out. */
function readPreferences(payload: unknown): News[] {
  const entries = z.object({ user_preferences: list }).safeParse(payload).data?.user_preferences ?? [];
  return entries.slice(0, 1_000).flatMap((raw): News[] => {
    const choice = preferenceSchema.safeParse(raw).data;
    if (choice === undefined || (choice.category ?? 'marketing_messages') !== 'marketing_messages') return [];
    const stopped = choice.value === 'stop';
    if (!stopped && choice.value !== 'resume') return [];
    const { wa_id, user_id, timestamp } = choice;
    if (timestamp === undefined || !/^\d{9,11}$/.test(timestamp)) return [];
    const phone = PHONE.exec(wa_id ?? '')?.[1];
    const bsuid = user_id !== undefined && BSUID.test(user_id) ? user_id : undefined;
    if (phone === undefined && bsuid === undefined) return [];
    return [{ kind: 'marketing', phone, bsuid, stopped, at: new Date(Number(timestamp) * 1000) }];
  });
}

const readers: Record<string, (payload: unknown) => News[]> = {
  account_update: readAccount,
  account_alerts: readAccountAlert,
  account_review_update: readReview,
  business_capability_update: readCapability,
  message_template_status_update: readTemplateStatus,
  message_template_quality_update: readTemplateQuality,
  template_category_update: readTemplateCategory,
  phone_number_quality_update: readLineQuality,
  phone_number_name_update: readLineName,
  security: readSecurity,
  user_preferences: readPreferences,
};
