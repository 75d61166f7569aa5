import { ServiceError, SetupError } from './errors.ts';

/**
 * Runs a command to its end. A wrong set-up is told in plain words with what to do, exit 1; anything else that escapes
 * is a bug and is shown whole, exit 1 too.
 */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  // Whoever reads what we print has seen enough (`| head`): there is nobody left to tell.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(1);
  });
  try {
    process.exitCode = await command();
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${describe(error)}\n`);
  }
}

function describe(error: unknown): string {
  if (error instanceof SetupError) return error.hint === undefined ? error.message : `${error.message}\n${error.hint}`;
  if (error instanceof ServiceError) return `${error.stack}${error.hint === undefined ? '' : `\n${error.hint}`}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Resolves at the first SIGINT or SIGTERM. A second one ends the process at once. */
export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const hear = (signal: NodeJS.Signals): void => {
      process.once('SIGINT', () => process.exit(130));
      process.once('SIGTERM', () => process.exit(143));
      resolve(signal);
    };
    const once = (signal: NodeJS.Signals): void => {
      process.off('SIGINT', once);
      process.off('SIGTERM', once);
      hear(signal);
    };
    process.on('SIGINT', once);
    process.on('SIGTERM', once);
  });
}
