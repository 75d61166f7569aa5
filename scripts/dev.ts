import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runCommand, untilSignal } from '../src/shared/run-command.ts';

// The service runs in a child, which is started anew when a source file changes. A plain watcher would stay up when the
// first start fails; here that ends the command with the child's exit code, as people and scripts expect.

const SETTLE_MS = 150;
const root = new URL('..', import.meta.url);

await runCommand(async () => {
  let child = start();
  let changed = waitForChange();
  const signal = untilSignal();
  let hasRun = false;
  child.once('message', () => {
    hasRun = true;
  });
  for (;;) {
    const what = await Promise.race([
      signal.then(() => 'stop' as const),
      changed.then(() => 'changed' as const),
      ended(child).then((code) => ({ code })),
    ]);
    if (what === 'stop') return stop(child);
    if (what !== 'changed') {
      if (!hasRun || child.signalCode !== null) return what.code;
      // It ran before, so this is the edit of a moment ago: the next one may mend it.
      if ((await Promise.race([signal.then(() => 'stop' as const), changed])) === 'stop') return what.code;
    }
    process.stdout.write('A file changed: starting again.\n');
    await stop(child);
    changed = waitForChange();
    child = start();
  }
});

function start(): ChildProcess {
  return fork(new URL('dev-service.ts', import.meta.url), { stdio: 'inherit' });
}

async function ended(child: ChildProcess): Promise<number> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode ?? 1;
}

// A message and not a signal: Ctrl+C at a terminal reaches the child too, and a second signal means "at once".
async function stop(child: ChildProcess): Promise<number> {
  if (child.connected) child.send('stop');
  return ended(child);
}

/** Resolves a moment after the first change of a source file, when an editor has written all of them. */
function waitForChange(): Promise<'changed'> {
  return new Promise((resolve) => {
    const watchers = ['src', 'prisma', 'scripts'].map((folder) =>
      watch(fileURLToPath(new URL(folder, root)), { recursive: true, persistent: false }, (_event, file) => {
        if (file?.includes('generated') === true) return;
        for (const watcher of watchers) watcher.close();
        setTimeout(() => resolve('changed'), SETTLE_MS);
      }),
    );
  });
}
