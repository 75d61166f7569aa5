// A process of its own that uses the embedded server until it is told to leave (a line on stdin) or killed.
import { startEmbedded } from '../../src/db/embedded.ts';

const [dataDir = '', role] = process.argv.slice(2);
const embedded = await startEmbedded({ dataDir, role: role === 'service' ? 'service' : 'command', durable: false });
console.log(embedded.url);
process.stdin.once('data', () => {
  embedded.stop().then(() => process.exit(0));
});
