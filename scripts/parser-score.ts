/** Runs the scorer whose path is in PARSER_SCORER with our adapter: npm run parser:score -- --sets wholesale,typos */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const scorer = process.env.PARSER_SCORER;
if (!scorer) {
  console.error('PARSER_SCORER is not set. Set it to the path of a scorer (score.mjs), for example:');
  console.error('  PARSER_SCORER=/path/to/score.mjs npm run parser:score -- --sets wholesale');
  console.error('The figures that the project keeps itself need no scorer: npm run parser:figures');
  process.exit(1);
}
const adapter = fileURLToPath(new URL('./parser-adapter.ts', import.meta.url));
const tsx = fileURLToPath(import.meta.resolve('tsx/cli'));
const run = spawnSync(process.execPath, [tsx, scorer, '--adapter', adapter, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
