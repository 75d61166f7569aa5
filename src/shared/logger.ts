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
  if (!options.pretty) return pino({ level: options.level, redact });
  return pino({
    level: options.level,
    redact,
    transport: { target: 'pino-pretty', options: { translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname' } },
  });
}
