import { Counter, Gauge, type Registry } from 'prom-client';
import type { StoredProof } from './timed-proof.ts';

export type UpkeepMetrics = ReturnType<typeof createUpkeepMetrics>;

/** The upkeep's numbers for Prometheus, registered in the given registry. */
export function createUpkeepMetrics(registry: Registry) {
  const registers = [registry];
  const holdsLapsed = new Counter({
    name: 'orderlock_holds_lapsed_total',
    help: 'Holds that this process let lapse by its sweeps',
    registers,
  });
  const sweptAt = new Gauge({
    name: 'orderlock_holds_swept_timestamp_seconds',
    help: 'When this process last swept all due holds without trouble',
    registers,
  });
  const proofOk = new Gauge({
    name: 'orderlock_ledger_proof_ok',
    help: '1 when the newest proof of the ledger found it whole, 0 when not; absent before the first',
    // A label set, so that nothing is shown before there is something to show.
    labelNames: ['ledger'],
    registers,
  });
  const provedAt = new Gauge({
    name: 'orderlock_ledger_proof_timestamp_seconds',
    help: 'When the newest proof of the ledger ended, in any process',
    labelNames: ['ledger'],
    registers,
  });
  return {
    holdsLapsed,
    swept: () => sweptAt.setToCurrentTime(),
    proved({ ok, finishedAt }: StoredProof) {
      proofOk.set({ ledger: 'credit' }, ok ? 1 : 0);
      provedAt.set({ ledger: 'credit' }, finishedAt.getTime() / 1000);
    },
  };
}
