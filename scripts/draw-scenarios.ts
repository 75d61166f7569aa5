import { readFile, writeFile } from 'node:fs/promises';
import { runCommand } from '../src/shared/run-command.ts';
import { contention } from './scenarios/contention.ts';
import { crash } from './scenarios/crash.ts';
import { doubleSpending } from './scenarios/double-spending.ts';
import { drawScenario } from './scenarios/draw.ts';
import { startStage } from './scenarios/stage.ts';
import { stress } from './scenarios/stress.ts';
import { describe, withCaption } from './scenarios/tell.ts';

const docs = new URL('../docs/', import.meta.url);

/** Runs every scenario for real, and writes its picture and the words beside it. */
await runCommand(async () => {
  const stage = await startStage();
  try {
    const page = new URL('visual-scenarios.md', docs);
    let document = await readFile(page, 'utf8');
    const day = new Date().toISOString().slice(0, 10);
    for (const play of [doubleSpending, contention, crash, stress]) {
      const scenario = await play(stage);
      await writeFile(new URL(`images/${scenario.name}.svg`, docs), drawScenario(scenario, describe(scenario)));
      document = withCaption(document, scenario, day);
      process.stdout.write(`${scenario.title}\n  ${scenario.before.outcome}\n  ${scenario.after.outcome}\n`);
    }
    await writeFile(page, document);
  } finally {
    await stage.stop();
  }
  return 0;
});
