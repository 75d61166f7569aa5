import { startEmbedded } from './embedded.ts';

/**
 * Gives a command the configured database, else the embedded one on the data folder: the server that runs there
 * already, or one for the time of the command.
 */
export async function withCommandDatabase<T>(
  settings: { databaseUrl: string | undefined; dataDir: string },
  work: (url: string) => Promise<T>,
): Promise<T> {
  if (settings.databaseUrl !== undefined) return work(settings.databaseUrl);
  const embedded = await startEmbedded({ dataDir: settings.dataDir, role: 'command' });
  try {
    return await work(embedded.url);
  } finally {
    await embedded.stop();
  }
}
