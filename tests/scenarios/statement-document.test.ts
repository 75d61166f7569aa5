import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStatementMaker } from '../../src/conversation/index.ts';
import { createCredit, readSummary, statementPdf } from '../../src/credit/index.ts';
import { inTransaction, type Tx } from '../../src/db/index.ts';
import { createOutgoingFiles, queueReplies, storeOutgoingFile } from '../../src/outbox/index.ts';
import { recordPayment } from '../../src/payments/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import type { SentMessage } from '../../src/simulator/fake-graph.ts';
import { readPdf } from '../credit/read-pdf.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { shop } from './shop.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({
    ...shop,
    retailers: [
      {
        id: 'owing',
        name: 'Owing Stores',
        identities: [{ kind: 'phone', value: '919811111111' }],
        credit: { limitMinor: 1_000_000, owedMinor: 123_450, status: 'active' },
      },
      ...['asks', 'again', 'later'].map((id, n) => ({
        id,
        name: `Shop that ${id}`,
        identities: [{ kind: 'phone', value: `91981111112${n}` }],
        credit: { limitMinor: 1_000_000, owedMinor: 123_450, status: 'active', termsDays: 14 },
      })),
      { id: 'cash', name: 'Cash Only', identities: [{ kind: 'phone', value: '919811111130' }] },
    ],
  } as typeof shop);
});
afterAll(() => service.stop());

async function statementOf(retailerId: string): Promise<Buffer> {
  const credit = createCredit({ databaseUrl: service.database.url });
  try {
    const statement = await credit.statement({
      wholesalerId: 'test',
      retailerId,
      from: '2026-01-01',
      to: '2027-01-01',
    });
    if (statement.kind !== 'statement') throw new Error(statement.message);
    const chunks: Uint8Array[] = [];
    for await (const chunk of statementPdf(statement, { language: 'en', generatedAt: new Date() })) chunks.push(chunk);
    return Buffer.concat(chunks);
  } finally {
    await credit.close();
  }
}

/** Queues a file for a person as the conversation will: under the conversation's lock, all in one transaction. */
async function queueFile(tx: Tx, phone: string, bytes: Buffer): Promise<void> {
  const [conversation] = await tx.$queryRaw<{ line_id: string; person_key: string; reply_seq: number }[]>`
    update conversation set reply_seq = reply_seq + 1 where wholesaler_id = 'test' and phone = ${phone}
    returning line_id, person_key, reply_seq`;
  const { line_id, person_key, reply_seq } = mustExist(conversation, 'the conversation');
  const filename = 'Statement 2026.pdf';
  const stored = await storeOutgoingFile(tx, { wholesalerId: 'test', filename, mimeType: 'application/pdf', bytes });
  if (stored.kind !== 'stored') throw new Error('the statement is too large');
  await queueReplies(tx, [
    {
      wholesalerId: 'test',
      lineId: line_id,
      personKey: person_key,
      causeEventId: undefined,
      replies: [{ kind: 'document', file: { fileId: stored.fileId }, filename, caption: 'Your statement for 2026' }],
      firstSeq: reply_seq,
      recipient: { phone },
    },
  ]);
}

test('a statement reaches the phone as the PDF that it was, uploaded first and sent by its id', async () => {
  const phone = '919811111111';
  const chat = service.chat({ phone, name: 'Owing' });
  await chat.says('hello');
  const pdf = await statementOf('owing');
  await inTransaction(service.database.db, (tx) => queueFile(tx, phone, pdf));
  await service.quiet();
  const got = mustExist(chat.read().at(-1), 'a message');
  expect(got.message).toMatchObject({ type: 'document', document: { filename: 'Statement 2026.pdf' } });
  expect(got.body).toBe('Your statement for 2026');
  const upload = mustExist(
    service.graph.uploads().find(({ mediaId }) => 'document' in got.message && got.message.document.id === mediaId),
    'the upload of what the message names',
  );
  expect(upload).toMatchObject({ filename: 'Statement 2026.pdf', mimeType: 'application/pdf' });
  expect(upload.bytes.equals(pdf)).toBe(true);
  expect((await readPdf(upload.bytes)).flat().join('\n')).toMatch(/Owing Stores[\s\S]*1,234\.50/);
});

/** The document that came, with the text of its pages. */
async function opened({ message, body }: SentMessage) {
  if (message.type !== 'document') throw new Error(`no document but: ${body}`);
  const { id, filename } = message.document;
  const upload = mustExist(
    service.graph.uploads().find(({ mediaId }) => mediaId === id),
    'the upload of what the message names',
  );
  return { caption: body, filename, bytes: upload.bytes, text: (await readPdf(upload.bytes)).flat().join('\n') };
}

const filesOf = (retailerId: string) =>
  service.database.ownerSql<{ id: string; made: boolean }>(
    `select id, bytes is not null as made from outgoing_file where recipe->>'retailerId' = $1 order by created_at`,
    [retailerId],
  );

const paid = (retailerId: string, amountMinor: bigint) =>
  inTransaction(service.database.db, (tx) =>
    recordPayment(tx, {
      wholesalerId: 'test',
      retailerId,
      key: `paid:${retailerId}`,
      amountMinor,
      method: 'upi',
      actor: 'staff:cashier',
      source: 'console',
    }),
  );

const person = (n: number) => ({ phone: `91981111112${n}`, name: 'Owner' });

test('whoever asks gets the statement as one message: what it comes to, and all of it in the PDF', async () => {
  const chat = service.chat(person(0));
  const { caption, filename, text } = await opened(await chat.says('statement'));
  await service.quiet();
  expect(chat.read()).toHaveLength(1);
  expect(filename).toMatch(/^Statement .* 20\d\d\.pdf$/);
  expect(caption).toMatch(
    /^\*Statement\* .*\nTo pay: \*1,234\.50\*\nDue next: 1,234\.50 on .*\n\nLast movements\n.*: adjustment 1,234\.50\nAll of it is in this PDF\.$/,
  );
  expect(text).toMatch(/Test Wholesale[\s\S]*Shop that asks[\s\S]*To pay: 1,234\.50 INR[\s\S]*Adjustment/);
});

test('a month without movements says so, in words and in the PDF', async () => {
  const { caption, filename, text } = await opened(await service.chat(person(0)).says('statement for october 2025'));
  expect(filename).toBe('Statement 1 – 31 Oct 2025.pdf');
  expect(caption).toBe(
    [
      '*Statement* 1 – 31 Oct 2025',
      'Nothing to pay.',
      '',
      'Nothing was charged or paid in this time.',
      'All of it is in this PDF.',
    ].join('\n'),
  );
  expect(text).toMatch(/1 Oct 2025 to 31 Oct 2025[\s\S]*Nothing was charged or paid in this period\./);
});

test('a statement that is asked for twice is two, each as the account stands', async () => {
  const chat = service.chat(person(1));
  const first = await opened(await chat.says('statement'));
  await paid('again', 100_000n);
  await service.quiet();
  const second = await opened(await chat.says('statement'));
  expect(second.caption).toContain('To pay: *234.50*');
  expect(second.text).toMatch(/To pay: 234\.50 INR[\s\S]*Payment received/);
  expect(first.text).toMatch(/To pay: 1,234\.50 INR/);
  expect(await filesOf('again')).toMatchObject([{ made: true }, { made: true }]);
});

test('an upload that is lost is made good with the same file, and the statement is read once', async () => {
  const chat = service.chat(person(2));
  service.graph.uploadFaults.next({ kind: 'reset' });
  const { bytes } = await opened(await chat.says('statement'));
  await service.quiet();
  expect(chat.read()).toHaveLength(1);
  const [kept, ...others] = await service.database.ownerSql<{ bytes: Buffer }>(
    `select bytes from outgoing_file where recipe->>'retailerId' = 'later'`,
  );
  expect(others).toEqual([]);
  expect(bytes.equals(mustExist(kept, 'the file').bytes)).toBe(true);
});

test('a file that died with its maker is made again as the words beside it say, whatever was booked since', async () => {
  const [file] = await filesOf('later');
  const { id: fileId } = mustExist(file, 'the file of the test before');
  await paid('later', 50_000n);
  await service.database.ownerSql('update outgoing_file set bytes = null, sha256 = null where id = $1', [fileId]);
  const { db } = service.database;
  const files = createOutgoingFiles({ db, logger: pino({ level: 'silent' }), make: createStatementMaker(db) });
  const found = await files.find({ wholesalerId: 'test', fileId, phoneNumberId: 'another number' });
  if (found.kind !== 'to_upload') throw new Error(`the file is ${found.kind}`);
  const text = (await readPdf(found.file.bytes)).flat().join('\n');
  expect(text).toMatch(/To pay: 1,234\.50 INR/);
  expect(text).not.toMatch(/Payment received/);
  expect(await filesOf('later')).toEqual([{ id: fileId, made: true }]);
});

test('a shop without an account is told so, and gets no file', async () => {
  const said = await service.chat({ phone: '919811111130', name: 'Cash' }).says('statement');
  expect(said.message.type).toBe('text');
  expect(said.body).toContain('no credit account yet');
  expect(await filesOf('cash')).toEqual([]);
});

test('a summary counts no further than asked, and shows the newest movements', async () => {
  const query = { wholesalerId: 'test', retailerId: 'again', from: '2000-01-01', to: '2100-01-01' };
  const read = (countedMax: number) =>
    inTransaction(service.database.db, (tx) => readSummary(tx, query, { movements: 1, countedMax }));
  expect(await read(9)).toMatchObject({ count: 2, last: [{ kind: 'PAYMENT', movedMinor: -100_000n }] });
  expect(await read(1)).toMatchObject({ count: 1, last: [{ kind: 'PAYMENT' }] });
});
