import type { Right } from '../../staff/index.ts';

type NavItem = { place: string; path: string; label: string; right: Right };

/** The places of the console, in the order in which a day needs them. */
export const NAV = [
  { place: 'today', path: '/console', label: 'Today', right: 'look' },
  { place: 'orders', path: '/console/orders', label: 'Orders', right: 'look' },
  { place: 'approvals', path: '/console/approvals', label: 'Approvals', right: 'approve_orders' },
  { place: 'conversations', path: '/console/conversations', label: 'Conversations', right: 'read_chats' },
  { place: 'accounts', path: '/console/accounts', label: 'Accounts', right: 'look' },
  { place: 'payments', path: '/console/payments', label: 'Payments', right: 'look' },
  { place: 'catalogue', path: '/console/catalogue', label: 'Catalogue', right: 'look' },
  { place: 'people', path: '/console/people', label: 'People', right: 'link_people' },
  { place: 'alerts', path: '/console/alerts', label: 'Alerts', right: 'watch_sending' },
  { place: 'outbox', path: '/console/outbox', label: 'Outbox', right: 'watch_sending' },
  { place: 'deliveries', path: '/console/deliveries', label: 'Deliveries', right: 'inspect' },
  { place: 'audit', path: '/console/audit', label: 'Audit', right: 'read_audit' },
  { place: 'staff', path: '/console/staff', label: 'Staff', right: 'manage_staff' },
  { place: 'settings', path: '/console/settings/business', label: 'Settings', right: 'settings' },
  { place: 'api-keys', path: '/console/api-keys', label: 'API keys', right: 'manage_keys' },
] as const satisfies readonly NavItem[];

export type NavPlace = (typeof NAV)[number]['place'] | 'me';
