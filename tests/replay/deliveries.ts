import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder with these files, removed by `remove`. Names may hold a subfolder. */
export async function folderOf(
  files: Record<string, string | Buffer>,
): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'orderlock-replay-'));
  for (const [name, body] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), body);
  }
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A delivery of one text message, written the way Meta writes it. */
export function textDelivery(id: string, seconds: number, body = 'hello'): string {
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '102290129340398',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '912255550100', phone_number_id: '106540352242922' },
              messages: [{ from: '919800000001', id, timestamp: String(seconds), type: 'text', text: { body } }],
            },
          },
        ],
      },
    ],
  });
}
