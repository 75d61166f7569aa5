import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

/** Resolves while the thing it watches works; throws otherwise. */
export type ReadinessCheck = { name: string; check(): Promise<unknown> };

type HealthDeps = {
  checks: readonly ReadinessCheck[];
  registry: Registry;
  /** Longest a single check may take before it counts as failed. */
  checkTimeoutMs?: number;
};
type Verdict = 'ok' | 'failed' | 'timed out';

/** Probes and metrics: `/health/live` (the process runs), `/health/ready` (it can do its work), `/metrics`. */
export async function healthRoutes(app: FastifyInstance, deps: HealthDeps): Promise<void> {
  const timeoutMs = deps.checkTimeoutMs ?? 2_000;
  let running: Promise<Record<string, Verdict>> | undefined;

  // Probes that come while one runs share its verdict, so that many of them cannot wear down the database.
  const verdicts = () => {
    running ??= runChecks(app, deps.checks, timeoutMs).finally(() => {
      running = undefined;
    });
    return running;
  };

  app.get('/health/live', async () => ({ status: 'live' }));

  app.get('/health/ready', async (_request, reply) => {
    const checks = await verdicts();
    const ready = Object.values(checks).every((verdict) => verdict === 'ok');
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', checks });
  });

  app.get('/metrics', async (_request, reply) =>
    reply.type(deps.registry.contentType).send(await deps.registry.metrics()),
  );
}

async function runChecks(
  app: FastifyInstance,
  checks: readonly ReadinessCheck[],
  timeoutMs: number,
): Promise<Record<string, Verdict>> {
  const verdicts = await Promise.all(
    checks.map(async ({ name, check }) => {
      const verdict = await runCheck(check, timeoutMs, (err) => app.log.warn({ err, check: name }, 'not ready'));
      return [name, verdict] as const;
    }),
  );
  return Object.fromEntries(verdicts);
}

async function runCheck(
  check: () => Promise<unknown>,
  timeoutMs: number,
  onFailure: (error: unknown) => void,
): Promise<Verdict> {
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<Verdict>((resolve) => {
    timer = setTimeout(() => resolve('timed out'), timeoutMs);
  });
  const answered = (async (): Promise<Verdict> => {
    try {
      await check();
      return 'ok';
    } catch (error) {
      onFailure(error);
      return 'failed';
    }
  })();
  const verdict = await Promise.race([answered, timedOut]);
  clearTimeout(timer);
  return verdict;
}
