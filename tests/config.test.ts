import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { SetupError } from '../src/shared/errors.ts';

const PRODUCTION = {
  DATABASE_URL: 'postgresql://orderlock:secret@db.example:5432/orderlock',
  SESSION_SECRET: 'a-session-secret-of-more-than-32-characters',
  WHATSAPP_APP_SECRET: 'app-secret',
  WHATSAPP_VERIFY_TOKEN: 'verify-token',
  WHATSAPP_ACCESS_TOKEN: 'access-token',
};

function refusalOf(mode: Parameters<typeof readConfig>[0], environment: Record<string, string>): SetupError {
  try {
    readConfig(mode, environment);
  } catch (error) {
    if (error instanceof SetupError) return error;
    throw error;
  }
  throw new Error('these settings were accepted');
}

describe('settings', () => {
  it('have the defaults of the contract', () => {
    expect(readConfig('development', {})).toMatchObject({
      databaseUrl: undefined,
      dataDir: expect.stringMatching(/[/\\]\.data$/),
      host: '127.0.0.1',
      port: 3000,
      logLevel: 'info',
      appSecrets: ['dev-app-secret'],
      verifyToken: 'dev-verify-token',
      graphUrl: undefined,
      graphVersion: 'v26.0',
      evidenceWaitMs: 120_000,
    });
    expect(readConfig('production', PRODUCTION)).toMatchObject({ graphUrl: 'https://graph.facebook.com', port: 3000 });
  });

  it('are read from the environment, and an empty one counts as unset', () => {
    const config = readConfig('development', {
      PORT: ' 8080 ',
      HOST: '',
      LOG_LEVEL: 'warn',
      OUTBOX_EVIDENCE_WAIT_MS: '50',
    });
    expect(config).toMatchObject({ port: 8080, host: '127.0.0.1', logLevel: 'warn', evidenceWaitMs: 50 });
  });

  it('are all listed at once when they are missing in production, and nothing is needed in development', () => {
    const { message, hint } = refusalOf('production', {});
    for (const name of Object.keys(PRODUCTION)) expect(message).toMatch(new RegExp(`^ +${name} is missing: `, 'm'));
    expect(hint).toMatch(/\.env\.example/);
    expect(() => readConfig('development', {})).not.toThrow();
    expect(() => readConfig('command', {})).not.toThrow();
  });

  it.each([
    ['DATABASE_URL', 'mysql://localhost/shop'],
    ['DATABASE_OWNER_URL', 'localhost'],
    ['DATABASE_DIRECT_URL', 'http://localhost'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', 'http'],
    ['LOG_LEVEL', 'verbose'],
    ['LOG_PRETTY', 'perhaps'],
    ['SESSION_SECRET', 'short'],
    ['WHATSAPP_APP_SECRET', ' , '],
    ['WHATSAPP_GRAPH_URL', 'ftp://graph.facebook.com'],
    ['WHATSAPP_GRAPH_URL', 'graph.facebook.com'],
    ['WHATSAPP_GRAPH_VERSION', '26.0'],
    ['WHATSAPP_PHONE_NUMBER_ID', '+91 22 5555 0100'],
    ['OUTBOX_EVIDENCE_WAIT_MS', '0'],
    ['OUTBOX_EVIDENCE_WAIT_MS', 'Infinity'],
    ['POOL_WORKERS', '0'],
  ])('are refused by name when wrong: %s=%s', (name, value) => {
    expect(refusalOf('development', { [name]: value }).message).toMatch(new RegExp(`^ +${name}: .+`, 'm'));
    expect(refusalOf('production', { ...PRODUCTION, [name]: value }).message).toMatch(
      new RegExp(`^ +${name}: .+`, 'm'),
    );
  });

  it('that are wrong are listed together with those that are missing', () => {
    const { message } = refusalOf('production', { PORT: 'x', LOG_LEVEL: 'y', DATABASE_URL: 'z' });
    expect(message.match(/^ +[A-Z_]+/gm)?.map((name) => name.trim())).toEqual([
      'DATABASE_URL',
      'PORT',
      'LOG_LEVEL',
      'SESSION_SECRET',
      'WHATSAPP_APP_SECRET',
      'WHATSAPP_VERIFY_TOKEN',
      'WHATSAPP_ACCESS_TOKEN',
    ]);
  });

  it('never show a secret in what they complain about', () => {
    const { message } = refusalOf('development', {
      SESSION_SECRET: 'tiny-secret',
      DATABASE_URL: 'mysql://user:hunter2@localhost/shop',
      WHATSAPP_GRAPH_URL: 'ftp://user:hunter3@localhost',
    });
    expect(message).not.toMatch(/tiny-secret|hunter/);
  });

  it('take several app secrets while one is rotated, in order and without blanks', () => {
    expect(readConfig('development', { WHATSAPP_APP_SECRET: ' new , old,, ' }).appSecrets).toEqual(['new', 'old']);
  });

  it('cannot be changed by anybody once read', () => {
    const config = readConfig('production', PRODUCTION);
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.pools)).toBe(true);
    expect(Object.isFrozen(config.appSecrets)).toBe(true);
  });
});

describe('the access token of a line', () => {
  const environment = { ...PRODUCTION, WHATSAPP_ACCESS_TOKEN_DELHI: ' delhi-token ', WHATSAPP_ACCESS_TOKEN_EMPTY: ' ' };

  it('is what the named setting holds', () => {
    const { accessToken } = readConfig('production', environment);
    expect(accessToken('WHATSAPP_ACCESS_TOKEN')).toBe('access-token');
    expect(accessToken('WHATSAPP_ACCESS_TOKEN_DELHI')).toBe('delhi-token');
  });

  it('is missing where the setting is empty or not set: never a default in production, never another setting', () => {
    const { accessToken } = readConfig('production', environment);
    expect(accessToken('WHATSAPP_ACCESS_TOKEN_EMPTY')).toBeUndefined();
    expect(accessToken('WHATSAPP_ACCESS_TOKEN_PUNE')).toBeUndefined();
  });

  it.each([
    'DATABASE_URL',
    'SESSION_SECRET',
    'WHATSAPP_APP_SECRET',
    'WHATSAPP_VERIFY_TOKEN',
    'whatsapp_access_token',
    'XWHATSAPP_ACCESS_TOKEN',
    'WHATSAPP_ACCESS_TOKENS',
    'WHATSAPP_ACCESS_TOKEN_DELHI\n',
    ' WHATSAPP_ACCESS_TOKEN',
    '__proto__',
    'constructor',
    '',
  ])('is never read from a setting of another kind: %j', (tokenRef) => {
    for (const mode of ['production', 'development'] as const) {
      expect(readConfig(mode, environment).accessToken(tokenRef)).toBeUndefined();
    }
  });
});
