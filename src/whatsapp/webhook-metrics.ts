import { Counter, Histogram, type Registry } from 'prom-client';
import type { Recorded } from '../inbox/types.ts';

export type WebhookMetrics = ReturnType<typeof createWebhookMetrics>;

/** The webhook's numbers for Prometheus, registered in the given registry. */
export function createWebhookMetrics(registry: Registry) {
  const registers = [registry];
  const deliveries = new Counter({
    name: 'orderlock_webhook_deliveries_total',
    help: 'Webhook POSTs by what became of them',
    labelNames: ['result'],
    registers,
  });
  const events = new Counter({
    name: 'orderlock_webhook_events_total',
    help: 'Messages, statuses and notices read from stored deliveries',
    labelNames: ['kind'],
    registers,
  });
  const rows = new Counter({
    name: 'orderlock_webhook_rows_total',
    help: 'Events new to us, seen before, or for lines nobody here has',
    labelNames: ['novelty'],
    registers,
  });
  const ackSeconds = new Histogram({
    name: 'orderlock_webhook_ack_seconds',
    help: 'Time from the body being read to the answer',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const count = (recorded: Recorded) => {
    rows.inc({ novelty: 'fresh' }, recorded.fresh);
    rows.inc({ novelty: 'repeated' }, recorded.repeated);
    rows.inc({ novelty: 'stray' }, recorded.stray);
  };
  return { deliveries, events, ackSeconds, count };
}
