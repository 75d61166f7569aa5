// `npm start`: runs what was built, and says what to do when nothing was.
import { existsSync } from 'node:fs';

const main = new URL('../dist/src/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  process.stderr.write('The service is not built yet.\nRun: npm run build\n');
  process.exitCode = 1;
}
