import { messageOf, SetupError } from '../../shared/errors.ts';

/** A public https address that leads to a port of this machine. */
export type Tunnel = { url: string; close(): Promise<void> };

/** The part of @ngrok/ngrok that we use. */
export type Ngrok = {
  forward(options: {
    addr: number;
    authtoken: string;
    domain?: string;
  }): Promise<{ url(): string | null; close(): Promise<void> }>;
};

const OPEN_MS_MAX = 30_000;
const BY_HAND = 'Or open one by hand (ngrok http 3000) and run: npm run tunnel -- --url https://YOUR.ngrok.app';

export type NgrokOptions = {
  port: number;
  authtoken: string | undefined;
  domain: string | undefined;
  load?: () => Promise<Ngrok>;
};

/** Opens a tunnel of ngrok. Refuses with a `SetupError` that says what is missing or what ngrok said. */
export async function openNgrok(options: NgrokOptions): Promise<Tunnel> {
  const { port, authtoken, domain } = options;
  if (authtoken === undefined) {
    throw new SetupError(
      'NGROK_AUTHTOKEN is missing.',
      `Copy it from https://dashboard.ngrok.com/get-started/your-authtoken into .env. ${BY_HAND}`,
    );
  }
  const ngrok = await load(options.load ?? loadPackage);
  try {
    const settings = domain === undefined ? { addr: port, authtoken } : { addr: port, authtoken, domain };
    const listener = await withLimit(ngrok.forward(settings));
    const url = listener.url();
    if (url === null) throw new Error('it gave no address');
    return { url: url.replace(/\/+$/, ''), close: () => listener.close() };
  } catch (error) {
    const said = messageOf(error).replaceAll(authtoken, '[authtoken]');
    throw new SetupError(
      `ngrok opened no tunnel: ${said}`,
      `Look at NGROK_AUTHTOKEN and NGROK_DOMAIN, and whether this network lets ngrok out. ${BY_HAND}`,
      error,
    );
  }
}

async function load(loader: () => Promise<Ngrok>): Promise<Ngrok> {
  try {
    return await loader();
  } catch (error) {
    throw new SetupError(
      'The package @ngrok/ngrok is not installed, or there is none for this system.',
      `Run: npm install --include=optional. ${BY_HAND}`,
      error,
    );
  }
}

// By a variable, because the package is optional: types and build must not need it.
const PACKAGE = '@ngrok/ngrok';
async function loadPackage(): Promise<Ngrok> {
  const loaded = (await import(PACKAGE)) as Ngrok & { default?: Ngrok };
  return loaded.default ?? loaded;
}

async function withLimit<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${OPEN_MS_MAX / 1000} seconds`)), OPEN_MS_MAX);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
