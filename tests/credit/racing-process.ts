// The other side of racing-processes.ts: answers a list of requests with a list of results until told to stop.
import { type CreditRequest, createCredit } from '../../src/credit/index.ts';

const credit = createCredit({ databaseUrl: process.argv[2] ?? '', maxConnections: 3 });
// Connects before the race, so that it starts level.
await credit.getAccount({ wholesalerId: 'w', retailerId: 'nobody' });

process.on('message', async (message: CreditRequest[] | 'stop') => {
  if (message === 'stop') {
    await credit.close();
    process.disconnect();
    return;
  }
  process.send?.(await Promise.all(message.map((request) => credit.acquireAndValidateCredit(request))));
});
process.send?.('ready');
