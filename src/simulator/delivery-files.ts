import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { SetupError } from '../shared/errors.ts';

/** One POST body as Meta sent it. The bytes are kept: the signature is made over them. */
export type DeliveryFile = {
  path: string;
  /** The digits that the file's name starts with, as written; undefined where it starts otherwise. */
  number: string | undefined;
  body: Buffer;
};

/** Files that are posted at the same instant. */
export type DeliveryGroup = { number: string | undefined; files: DeliveryFile[] };

/** Many thousand small files are fine; this many is a folder named by mistake. */
const FILES_MAX = 100_000;

/**
 * Reads files, and of folders their .json files (those in `deliveries/` if there is such a subfolder), in name order.
 * Files of one folder that share a leading number form one group. Refuses with a `SetupError` what is not there.
 */
export async function readDeliveryGroups(paths: readonly string[]): Promise<DeliveryGroup[]> {
  const groups: DeliveryGroup[] = [];
  for (const given of paths) {
    const files = await Promise.all((await filesOf(given)).map(readDelivery));
    groups.push(...grouped(files));
  }
  return groups;
}

async function filesOf(given: string): Promise<string[]> {
  const kind = await kindOf(given);
  if (kind === 'file') return [given];
  const inner = path.join(given, 'deliveries');
  const folder = (await kindOf(inner, 'maybe')) === 'folder' ? inner : given;
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort(byName);
  if (names.length === 0) {
    throw new SetupError(`There are no .json files in ${folder}.`, 'Name a folder of payload files, or the files.');
  }
  if (names.length > FILES_MAX) throw new SetupError(`There are more than ${FILES_MAX} files in ${folder}.`);
  return names.map((name) => path.join(folder, name));
}

async function kindOf(
  place: string,
  expectation: 'must exist' | 'maybe' = 'must exist',
): Promise<'file' | 'folder' | 'none'> {
  try {
    return (await stat(place)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (expectation === 'maybe') return 'none';
    throw new SetupError(`${place} is not there.`, 'Name payload files, or folders of them.', error);
  }
}

async function readDelivery(file: string): Promise<DeliveryFile> {
  return { path: file, number: /^\d+/.exec(path.basename(file))?.[0], body: await readFile(file) };
}

/** 2 before 10: a person who numbers files without leading zeros means it so. */
const byName = new Intl.Collator('en', { numeric: true }).compare;

function grouped(files: DeliveryFile[]): DeliveryGroup[] {
  const groups: DeliveryGroup[] = [];
  for (const file of files) {
    const last = groups.at(-1);
    if (last !== undefined && file.number !== undefined && sameNumber(last.number, file.number)) last.files.push(file);
    else groups.push({ number: file.number, files: [file] });
  }
  return groups;
}

function sameNumber(a: string | undefined, b: string): boolean {
  return a !== undefined && BigInt(a) === BigInt(b);
}
