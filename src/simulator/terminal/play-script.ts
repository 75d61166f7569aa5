import { setTimeout as sleep } from 'node:timers/promises';
import type { Phone } from './phone.ts';

const ANSWER_MS_MAX = 30_000;
const LOOK_MS = 40;

/**
 * Plays lines as if somebody typed them, each after the answer to the one before. False when a line meant nothing or had
 * no answer in time, so that a script which went wrong is noticed.
 */
export async function playScript(
  phone: Phone,
  lines: AsyncIterable<string>,
  print: (line: string) => void,
): Promise<boolean> {
  let isFine = true;
  for await (const line of lines) {
    if (/^\s*(?:--|$)/.test(line)) continue;
    const heard = await phone.hear(line);
    for (const one of heard.lines) print(one);
    if (heard.refused === true) isFine = false;
    if (heard.quit === true) break;
    if (!(await untilAnswered(phone, print))) {
      print(`(no answer within ${ANSWER_MS_MAX / 1000} s)`);
      isFine = false;
    }
  }
  return isFine;
}

async function untilAnswered(phone: Phone, print: (line: string) => void): Promise<boolean> {
  const deadline = performance.now() + ANSWER_MS_MAX;
  for (;;) {
    const { lines, settled } = await phone.look();
    for (const one of lines) print(one);
    if (settled) return true;
    if (performance.now() > deadline) return false;
    await sleep(LOOK_MS);
  }
}
