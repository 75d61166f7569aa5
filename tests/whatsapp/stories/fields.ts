import type { AlertKind } from '../../../src/alerts/index.ts';
import type { Story } from './types.ts';

const WABA = '102290129340398';
const LINE = '912255550100';

/** News that is kept and of which nothing follows. */
const kept = (file: string, of: string, story: string): Story => ({
  file,
  of,
  story,
  happens: 'kept as a notice; nothing follows',
  keeps: ['notice'],
});

const raised = (file: string, of: string, story: string, kind: AlertKind, key: string): Story => ({
  file,
  of,
  story,
  happens: `kept as a notice; raises the alert \`${kind}\``,
  keeps: ['notice'],
  raises: { kind, key },
});

const closed = (file: string, of: string, story: string, kind: AlertKind, key: string): Story => ({
  file,
  of,
  story,
  happens: `kept as a notice; closes the alert \`${kind}\``,
  keeps: ['notice'],
  closes: { kind, key },
});

const ENTITY = '5100000001:INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED';

/** Every other field of the webhook, in the order in which their deliveries come. */
export const fieldStories: readonly Story[] = [
  raised('account-alerts', 'account_alerts', 'a critical alert about the business', 'account_alert', ENTITY),
  closed('account-alerts-resolved', 'account_alerts', 'the same, resolved', 'account_alert', ENTITY),
  kept('account-alerts-information', 'account_alerts', 'good news about a number'),
  raised('account-review-rejected', 'account_review_update', 'the account was not approved', 'account_review', WABA),
  closed('account-review-approved', 'account_review_update', 'it is approved after all', 'account_review', WABA),
  raised('account-update-violation', 'account_update', 'a violation of the rules', 'account_restricted', WABA),
  raised('account-update-restriction', 'account_update', 'sending is restricted', 'account_restricted', WABA),
  raised('account-update-disabled', 'account_update', 'the account is disabled', 'account_restricted', WABA),
  closed('account-update-reinstated', 'account_update', 'it is reinstated', 'account_restricted', WABA),
  {
    file: 'account-update-deleted-elsewhere',
    of: 'account_update',
    story: 'an account that no line here belongs to is deleted',
    happens: 'kept outside the tenants; raises the alert `account_restricted` there',
    keeps: ['stray notice'],
    raises: { kind: 'account_restricted', key: '999000999000999', outside: true },
  },
  raised('account-update-partner-removed', 'account_update', 'our app lost the account', 'account_restricted', WABA),
  closed('account-update-reconnected', 'account_update', 'the account is back', 'account_restricted', WABA),
  kept('account-update-pricing-tier', 'account_update', 'another pricing tier'),
  kept('account-settings-update', 'account_settings_update', 'calls were switched on'),
  kept('automatic-events', 'automatic_events', 'Meta believes to have seen a lead'),
  raised('business-capability-update-low', 'business_capability_update', '250 people a day', 'line_limits', WABA),
  closed('business-capability-update-ample', 'business_capability_update', 'no limit any more', 'line_limits', WABA),
  kept('business-username-update', 'business_username_update', 'the business has a username'),
  kept('calls', 'calls', 'somebody calls; nobody here takes calls'),
  kept('consumer-profile', 'consumer_profile', 'a person changed their profile'),
  kept('flows', 'flows', 'a flow was published'),
  kept('group-lifecycle-update', 'group_lifecycle_update', 'a group was made'),
  kept('group-participants-update', 'group_participants_update', 'somebody joined a group'),
  kept('group-settings-update', 'group_settings_update', 'a group has another subject'),
  kept('group-status-update', 'group_status_update', 'a group was suspended'),
  kept('history', 'history', 'chats of the past, with an order of ten days ago: never carried out again'),
  kept('message-echoes', 'message_echoes', 'another app of the business wrote to a person'),
  kept('message-template-components-update', 'message_template_components_update', 'a template has other words'),
  raised(
    'message-template-quality-update-1-red',
    'message_template_quality_update',
    'people report a template',
    'template_quality',
    'payment_reminder/en',
  ),
  closed(
    'message-template-quality-update-2-green',
    'message_template_quality_update',
    'its quality is good again',
    'template_quality',
    'payment_reminder/en',
  ),
  raised(
    'message-template-status-update-1-paused',
    'message_template_status_update',
    'a template is paused',
    'template_stopped',
    'payment_reminder/en',
  ),
  closed(
    'message-template-status-update-2-approved',
    'message_template_status_update',
    'it may be sent again',
    'template_stopped',
    'payment_reminder/en',
  ),
  raised(
    'message-template-status-update-rejected',
    'message_template_status_update',
    'a template is rejected',
    'template_stopped',
    'order_ready/en',
  ),
  raised(
    'message-template-status-update-disabled',
    'message_template_status_update',
    'a template is disabled for good',
    'template_stopped',
    'statement_ready/en',
  ),
  kept(
    'message-template-status-update-pending-deletion',
    'message_template_status_update',
    'a template is being deleted by us',
  ),
  kept('messaging-handovers', 'messaging_handovers', "Meta's agent takes over a chat"),
  kept('partner-solutions', 'partner_solutions', 'a solution of a partner changed'),
  kept('payment-configuration-update', 'payment_configuration_update', 'a payment provider needs testing'),
  raised('phone-number-name-update-rejected', 'phone_number_name_update', 'a name was refused', 'line_name', LINE),
  closed(
    'phone-number-name-update-the-next-approved',
    'phone_number_name_update',
    'the next one is fine',
    'line_name',
    LINE,
  ),
  raised(
    'phone-number-quality-update-1-flagged',
    'phone_number_quality_update',
    'a number is flagged',
    'line_quality',
    LINE,
  ),
  closed('phone-number-quality-update-2-unflagged', 'phone_number_quality_update', 'no longer', 'line_quality', LINE),
  raised(
    'phone-number-quality-update-3-downgrade',
    'phone_number_quality_update',
    'a lower limit',
    'line_limits',
    LINE,
  ),
  closed('phone-number-quality-update-4-upgrade', 'phone_number_quality_update', 'a higher one', 'line_limits', LINE),
  raised('security', 'security', 'somebody changed the PIN of a number', 'line_security', `${LINE}:PIN_CHANGED`),
  kept('smb-app-state-sync', 'smb_app_state_sync', 'a contact was saved in the Business app'),
  kept('smb-message-echoes', 'smb_message_echoes', 'somebody answered from the Business app'),
  kept('standby', 'standby', "a message while Meta's agent leads the chat: only watched, never answered"),
  raised(
    'template-category-update',
    'template_category_update',
    'a template is marketing now',
    'template_category',
    'weekly_offer/en',
  ),
  closed(
    'template-category-update-the-way-back',
    'template_category_update',
    'not any more',
    'template_category',
    'weekly_offer/en',
  ),
  kept('tracking-events', 'tracking_events', 'somebody opened a link'),
  kept('user-id-update', 'user_id_update', 'a changed id under a field that Meta has withdrawn'),
  {
    file: 'user-preferences-1-stop',
    of: 'user_preferences',
    story: 'a person stops marketing messages',
    happens: 'kept as a notice and in `marketing_choice`: no marketing template is sent to them',
    keeps: ['notice'],
  },
  {
    file: 'user-preferences-2-resume',
    of: 'user_preferences',
    story: 'another one wants them again',
    happens: 'kept as a notice and in `marketing_choice`',
    keeps: ['notice'],
  },
  kept('field-of-tomorrow', 'any other field', 'a field that nobody knows yet'),
];
