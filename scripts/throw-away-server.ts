import { startEmbedded } from '../src/db/embedded.ts';
import { bootstrapRoles, migrate } from '../src/db/migrate.ts';

/** A migrated PostgreSQL of its own with fsync on, for what is measured or drawn; its folder goes when it stops. */
export async function startThrowAwayServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const embedded = await startEmbedded({ dataDir: { throwAway: true }, role: 'command', durable: true });
  try {
    await bootstrapRoles(embedded.url);
    await migrate(embedded.url);
  } catch (error) {
    await embedded.stop();
    throw error;
  }
  return { url: embedded.url, stop: () => embedded.stop() };
}
