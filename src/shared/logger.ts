import { type Logger, pino } from 'pino';

export type { Logger };

/** What must never reach a log, wherever it stands in an object. */
const REDACTED = [
  'authorization',
  'token',
  'secret',
  'password',
  'accessToken',
  '*.authorization',
  '*.token',
  '*.secret',
  '*.password',
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-hub-signature-256"]',
];

type LoggerOptions = {
  level: string;
  /** Pretty lines for a person at a terminal; JSON otherwise. */
  pretty: boolean;
};

/** The process's root logger. Features get child loggers with their ids bound. */
export function createLogger(options: LoggerOptions): Logger {
  const redact = { paths: REDACTED, censor: '[redacted]' };
  const serializers = { err: plainError };
  if (!options.pretty) return pino({ level: options.level, redact, serializers });
  return pino({
    level: options.level,
    redact,
    serializers,
    transport: { target: 'pino-pretty', options: { translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname' } },
  });
}

type PlainError = { type: string; message: string; code?: string; stack?: string; cause?: PlainError };

/**
 * An error as logs may show it. Database errors carry the failing row in `detail` and `where`, with the words and phone
 * numbers of people; of any error only these fields pass, and of its causes too.
 */
export function plainError(error: unknown, depth = 0): PlainError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error' };
  const plain: PlainError = { type: error.name, message: withoutRow(error.message) };
  if ('code' in error && typeof error.code === 'string') plain.code = error.code;
  if (depth === 0 && error.stack !== undefined) plain.stack = withoutRow(error.stack);
  if (error.cause instanceof Error && depth < 3) plain.cause = plainError(error.cause, depth + 1);
  return plain;
}

const withoutRow = (text: string): string =>
  text.replaceAll(/Failing row contains \(.*?\)\.?/gs, 'Failing row contains (...)').replaceAll(/=\(.*?\)/gs, '=(...)');
