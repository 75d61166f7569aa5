import { parseArgs } from 'node:util';
import { SetupError } from './errors.ts';

/** Reads a command's switches; refuses anything else with the usage, so that a mistyped one is never ignored. */
export function readFlags<Name extends string>(usage: string, names: readonly Name[]): Record<Name, boolean> {
  const given = readArguments(usage, Object.fromEntries(names.map((name) => [name, { type: 'boolean' as const }])));
  return Object.fromEntries(names.map((name) => [name, given[name] === true])) as Record<Name, boolean>;
}

type Options = Record<string, { type: 'boolean' | 'string' }>;

/** As `readFlags`, for switches that may carry a value. */
export function readArguments(usage: string, options: Options): Record<string, string | boolean | undefined> {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    const [problem = ''] = error instanceof Error ? error.message.split('. ') : [String(error)];
    throw new SetupError(`${problem}.`, `Usage: ${usage}`, error);
  }
}
