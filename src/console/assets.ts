import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync } from 'node:zlib';

type Asset = { path: string; contentType: string; plain: Buffer; brotli: Buffer };

const CSS = 'text/css; charset=utf-8';
const JS = 'text/javascript; charset=utf-8';

/**
 * The three files that pages load, in memory and compressed once: their names carry a hash of what is in them, so browsers
 * keep them for a year and a new release is a new name.
 */
const ASSETS = {
  css: asset('console.css', CSS, new URL('./assets/console.css', import.meta.url)),
  js: asset('console.js', JS, new URL('./assets/console.js', import.meta.url)),
  htmx: asset('htmx.js', JS, createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js')),
};

export const CSS_PATH = ASSETS.css.path;
export const JS_PATH = ASSETS.js.path;
export const HTMX_PATH = ASSETS.htmx.path;

const byPath = new Map(Object.values(ASSETS).map((one) => [one.path, one]));

export const assetAt = (path: string): Asset | undefined => byPath.get(path);

function asset(name: string, contentType: string, file: URL | string): Asset {
  const plain = readFileSync(file);
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 12);
  const dot = name.lastIndexOf('.');
  return {
    path: `/console/assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`,
    contentType,
    plain,
    brotli: brotliCompressSync(plain),
  };
}
