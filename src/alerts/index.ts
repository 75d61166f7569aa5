export {
  type AlertFilter,
  closeAlert,
  closeAlertById,
  countOpenAlerts,
  listAlerts,
  raiseAlert,
} from './alert-store.ts';
export { createAlertTeller } from './alert-teller.ts';
export type { Alert, AlertId, AlertKind, AlertSubject, AlertToRaise } from './types.ts';
