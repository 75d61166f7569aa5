// The least that a durable webhook can do, as a yardstick: a bare Fastify route that checks the signature and writes
// the body with one INSERT through `pg`, on the same server and with the same durability.
import { fastify } from 'fastify';
import pg from 'pg';
import { readConfig } from '../../src/config.ts';
import { signatureMatches } from '../../src/whatsapp/signature.ts';
import { serveParent } from './child.ts';

const POOL_MAX = 16;

const config = readConfig('development', process.env);
const pool = new pg.Pool({ connectionString: config.databaseUrl, max: POOL_MAX });
await pool.query('create table bench_insert (id bigint generated always as identity primary key, body jsonb not null)');

const app = fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
app.post('/', async (request, reply) => {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (!signatureMatches(bytes, request.headers['x-hub-signature-256'], config.appSecrets))
    return reply.code(401).send();
  await pool.query('insert into bench_insert (body) values ($1)', [bytes.toString('utf8')]);
  return reply.code(200).send();
});
const url = await app.listen({ host: '127.0.0.1', port: 0 });
serveParent(url, async () => {
  await app.close();
  await pool.end();
});
