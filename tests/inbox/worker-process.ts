// A worker in a process of its own, for tests that kill it: inbox worker on the database that DATABASE_URL names, with a
// handler that writes one effect per event and counts its statements.
import { createDatabase } from '../../src/db/index.ts';
import { createInboxWorker } from '../../src/inbox/index.ts';
import { quiet, recordingHandler } from './support.ts';

const [, , url = '', killer = ''] = process.argv;
const db = await createDatabase({ url, poolMax: 10, applicationName: 'worker process' });
createInboxWorker({
  db,
  logger: quiet,
  // An event that names itself a killer ends the process in the middle of its set.
  handler: recordingHandler(async (_tx, items) => {
    if (killer !== '' && items.some((item) => item.conversation.personKey === killer))
      process.kill(process.pid, 'SIGKILL');
  }),
  readStatus: () => ({ wamid: '', status: 'other', outboxId: undefined, errorCode: undefined, errorDetail: undefined }),
  applyStatuses: async () => {},
  codeVersion: 'test',
  onWorked: () => {},
}).start();
process.send?.('started');
