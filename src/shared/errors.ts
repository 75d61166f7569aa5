type ServiceErrorOptions = {
  /** Stable, machine-readable name of what went wrong. */
  code: string;
  message: string;
  /** What a person should do next. */
  hint?: string | undefined;
  /** True when the same call may succeed later without anybody changing anything. */
  retryable?: boolean;
  cause?: unknown;
};

/** Base of every breakage we raise ourselves. Expected refusals are return values instead. */
export class ServiceError extends Error {
  override name = 'ServiceError';
  readonly code: string;
  readonly hint: string | undefined;
  readonly retryable: boolean;

  constructor(options: ServiceErrorOptions) {
    super(options.message, { cause: options.cause });
    this.code = options.code;
    this.hint = options.hint;
    this.retryable = options.retryable ?? false;
  }
}

/** Something in the set-up is wrong and a person has to change it: commands print it plainly and exit 1. */
export class SetupError extends ServiceError {
  override name = 'SetupError';

  constructor(message: string, hint?: string, cause?: unknown) {
    super({ code: 'setup_error', message, hint, cause });
  }
}

/** The text of anything thrown, for logs and last resorts. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
