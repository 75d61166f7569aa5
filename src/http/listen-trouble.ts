import { SetupError } from '../shared/errors.ts';

/** Says what to do when the service could not listen; every other error is returned as it is. */
export function explainListenTrouble(error: unknown, { host, port }: { host: string; port: number }): unknown {
  const { syscall, code, hostname } = (error ?? {}) as { syscall?: unknown; code?: unknown; hostname?: unknown };
  switch (syscall === 'listen' || (syscall === 'getaddrinfo' && hostname === host) ? code : undefined) {
    case 'EADDRINUSE':
      return new SetupError(
        `Port ${port} on ${host} is taken by another program.`,
        'Stop that program, or set PORT to another number (0 takes a free one).',
        error,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new SetupError(
        `This machine has no address ${host} to listen on.`,
        'Set HOST to one of its own: 127.0.0.1 for this machine alone, 0.0.0.0 for every network it is in.',
        error,
      );
    case 'EACCES':
      return new SetupError(
        `This user may not listen on port ${port}.`,
        'Set PORT to a number above 1023, and let a proxy in front take 80 and 443.',
        error,
      );
    default:
      return error;
  }
}
