// The other side of startRemoteCaller: makes each call that it is sent, at once, and answers in any order.
import type { Request } from '../model/requests.ts';
import { startCaller } from './callers.ts';

const caller = startCaller(process.argv[2] ?? '');
// Connects first, so that a race starts level.
await caller.call({ do: 'release', wholesalerId: 'nobody', holdId: '00000000-0000-7000-8000-000000000000' });

process.on('message', async (message: { id: number; request: Request } | 'stop') => {
  if (message === 'stop') {
    await caller.stop();
    process.disconnect();
    return;
  }
  const call = await caller.call(message.request);
  process.send?.({ id: message.id, call });
});
process.send?.('ready');
