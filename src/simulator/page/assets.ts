import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

type Asset = { path: string; contentType: string; bytes: Buffer };

const asset = (name: string, contentType: string): Asset => {
  const bytes = readFileSync(new URL(`./assets/${name}`, import.meta.url));
  // The content names the version, so that a browser never shows yesterday's script beside today's page.
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 10);
  return { path: `/simulator/assets/${hash}/${name}`, contentType, bytes };
};

const JS = 'text/javascript; charset=utf-8';
const css = asset('simulator.css', 'text/css; charset=utf-8');
const js = asset('simulator.js', JS);
const patch = asset('patch.js', JS);
const icon = asset('icon.svg', 'image/svg+xml');

/** Where the page finds what it needs. */
export const ASSET_PATHS = { css: css.path, js: js.path, icon: icon.path };

const byPath = new Map(
  [css, js, icon, { ...patch, path: js.path.replace('simulator.js', 'patch.js') }].map((one) => [one.path, one]),
);

/** The file at this address; scripts import each other by names beside their own. */
export const assetAt = (path: string): Asset | undefined => byPath.get(path);
