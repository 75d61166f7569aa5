import { readFile } from 'node:fs/promises';
import { readConfig } from '../../src/config.ts';
import { changedTexts, type TextsOf } from '../../src/conversation/index.ts';
import { withCommandDatabase } from '../../src/db/command-database.ts';
import { createDatabase } from '../../src/db/index.ts';
import { messageOf, SetupError } from '../../src/shared/errors.ts';
import {
  createTeller,
  type Finding,
  readConversation,
  readRange,
  type Summary,
  summaryText,
  titleOf,
  whatIf,
} from '../../src/what-if/index.ts';
import { readMessage } from '../../src/whatsapp/message.ts';

type Arguments = {
  from: string | undefined;
  to: string | undefined;
  conversation: string | undefined;
  wholesaler: string | undefined;
  /** A file of texts to try. */
  texts: string | undefined;
  json: boolean;
};

const PROGRESS_EVERY_MS = 2_000;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Decides what is stored again and prints what would be different; 1 when anything would. */
export async function runWhatIf({ from, to, conversation, wholesaler, texts, json }: Arguments): Promise<number> {
  const wanted = {
    wholesalerId: wholesaler,
    range: readRange(from, to),
    conversation: conversation === undefined ? undefined : readConversation(conversation),
  };
  const changed = texts === undefined ? undefined : await readTexts(texts);
  const tell = createTeller(process.stdout.isTTY === true && !process.env.NO_COLOR);
  const startedAt = performance.now();
  const summary = await withCommandDatabase(readConfig('command'), async (databaseUrl) => {
    const db = await createDatabase({ url: databaseUrl, poolMax: 2, applicationName: 'orderlock what-if' });
    try {
      return await whatIf({
        db,
        databaseUrl,
        wanted,
        readMessage,
        texts: changed,
        onFinding: (finding) => {
          for (const line of json ? [JSON.stringify(asJson(finding))] : tell(finding)) print(line);
        },
        onProgress: createProgress(),
      });
    } finally {
      await db.stop();
    }
  });
  const durationMs = Math.round(performance.now() - startedAt);
  if (json) print(JSON.stringify({ ...summary, durationMs }));
  else print(`${summary.different > 0 ? '\n' : ''}${summaryText(summary, durationMs)}`);
  return summary.different > 0 ? 1 : 0;
}

async function readTexts(file: string): Promise<TextsOf> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SetupError(`${file} cannot be read: ${messageOf(error)}`);
  });
  const read = changedTexts(parsed(text));
  if (read.ok) return read.textsFor;
  throw new SetupError(
    `${file}: ${read.problem}.`,
    'Write it like src/conversation/texts: {"en": {"placing": {"placed": "..."}}}',
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asJson({ event, said, differences, failure }: Finding): object {
  const { id: eventId, doneAt, codeVersion } = event;
  return { conversation: titleOf(event), eventId, doneAt, codeVersion, said, failure, differences };
}

/** On standard error, so that the findings can go into a file. */
function createProgress(): (summary: Summary) => void {
  let toldAt = performance.now();
  return ({ events, different }) => {
    if (performance.now() - toldAt < PROGRESS_EVERY_MS) return;
    toldAt = performance.now();
    process.stderr.write(`... ${events} events, ${different} otherwise\n`);
  };
}
