import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { SetupError } from '../../shared/errors.ts';

// What a tunnel changed at Meta, written down before each change is made. A tunnel that is killed leaves Meta pointing to
// an address that is gone, and every message with it; the next run finds this file and takes the changes back.

const stepSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('app_subscribed') }),
  z.object({ kind: z.literal('account_subscribed'), accountId: z.string() }),
  z.object({ kind: z.literal('line_overridden'), phoneNumberId: z.string(), previousUrl: z.string().nullable() }),
]);
const journalSchema = z.object({ version: z.literal(1), appId: z.string(), steps: z.array(stepSchema).max(10) });

/** One change at Meta, with what is needed to take it back. */
export type Step = z.infer<typeof stepSchema>;

export type Journal = {
  /** The steps of an earlier run that were not taken back, oldest first. */
  read(): Promise<Step[]>;
  write(steps: readonly Step[]): Promise<void>;
};

/** Keeps the journal of one app as a file in the data folder; an empty journal is no file. */
export function openJournal(dataDir: string, appId: string): Journal {
  const file = path.join(dataDir, 'tunnel.json');
  return {
    async read() {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      if (text === null) return [];
      const journal = journalSchema.safeParse(parse(text));
      if (!journal.success) {
        throw new SetupError(`${file} cannot be read.`, 'Look at the webhook settings by hand, then delete that file.');
      }
      if (journal.data.appId !== appId) {
        throw new SetupError(
          `${file} speaks of app ${journal.data.appId}, and WHATSAPP_APP_ID is ${appId}.`,
          'Run npm run tunnel -- --undo with the settings of that app first.',
        );
      }
      return journal.data.steps;
    },
    async write(steps) {
      if (steps.length === 0) return rm(file, { force: true });
      await mkdir(dataDir, { recursive: true });
      await writeFile(`${file}.new`, JSON.stringify({ version: 1, appId, steps }));
      await rename(`${file}.new`, file);
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
