// The service as it runs in production, in a process of its own that may be killed; only the rests of sending are
// divided by EDGE_REST_SCALE, because Meta's minutes would make the run last a day.
import { startService } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { defaultRetryPolicy, type RetryPolicy } from '../../src/outbox/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { runCommand, untilSignal } from '../../src/shared/run-command.ts';

await runCommand(async () => {
  const config = readConfig('development', process.env);
  const scale = Number(process.env.EDGE_REST_SCALE);
  const totalMs = Number(process.env.EDGE_SEND_TOTAL_MS);
  const service = await startService({
    config,
    logger: createLogger({ level: config.logLevel, pretty: false }),
    databaseUrl: mustExist(config.databaseUrl, 'DATABASE_URL'),
    directUrl: mustExist(config.databaseUrl, 'DATABASE_URL'),
    graphUrl: mustExist(config.graphUrl, 'WHATSAPP_GRAPH_URL'),
    sending: { totalMs, leaseMs: totalMs + 2_000, retry: scaled(scale) },
  });
  process.send?.({ url: service.url });
  process.once('disconnect', () => process.exit(1));
  await untilSignal();
  await service.stop();
  process.removeAllListeners('disconnect');
  process.disconnect?.();
  return 0;
});

function scaled(scale: number): RetryPolicy {
  const entries = Object.entries(defaultRetryPolicy).map(([name, value]) => [
    name,
    name.endsWith('Ms') ? value / scale : value,
  ]);
  return Object.fromEntries(entries) as RetryPolicy;
}
