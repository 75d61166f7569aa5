import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { importShop, readShopFile } from '../../src/catalogue/index.ts';
import { verifyLedger } from '../../src/credit/index.ts';
import { LANGUAGES, type Language } from '../../src/shared/policies.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { type ChatShop, moveToRecordedDay, recordedChat } from './recorded-chat.ts';

// The main road in every language: a greeting, an order with a typo and something unclear, the answer, a correction, the
// balance, the confirmation, the status, and the order cancelled. Played through the webhook and held word for word against
// fixtures/chats; after a text was changed on purpose: npx vitest run tests/scenarios/chats.test.ts -u, and read the diff.

// A chat is nine messages, each worked on to its end before the next.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folderOf = (language: Language): string =>
  fileURLToPath(new URL(`../../fixtures/chats/${language}`, import.meta.url));

let service: TestService;
const shops = new Map<Language, ChatShop>();
beforeAll(async () => {
  for (const language of LANGUAGES) {
    shops.set(language, JSON.parse(await readFile(`${folderOf(language)}/shop.json`, 'utf8')));
  }
  const all = [...shops.values()];
  const first = all[0] as ChatShop;
  service = await startTestService({ wholesaler: first.wholesaler, lines: first.lines });
  // Before the shops are imported: what they owe is due so many days after that.
  await moveToRecordedDay(service);
  // One service for all of them: each shop has a line of its own.
  for (const shop of all) {
    const read = readShopFile(JSON.stringify(shop));
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    await importShop(service.database.db, read.shop);
  }
});
afterAll(() => service.stop());

const chat = (language: Language) => recordedChat(service, shops.get(language) as ChatShop, folderOf(language));

describe('the main road', () => {
  test('in English', async () => {
    await chat('en')
      .says('good morning')
      .hears(/Hello Thandi Spaza/)
      .says('4 cases coca cola 2l, 10 sugr and 2 mealie meal')
      .hears(/Which/, /Sugar 1kg/, /Sugar 2.5kg/)
      .taps(/2\.5kg/)
      .hears(/Coca-Cola 2L, 4 cases/, /Sugar 2\.5kg, 10/, /Maize Meal 12\.5kg, 2 bags/, /Total/)
      .says('no, 6 coke')
      .hears(/Coca-Cola 2L, 6 cases/)
      .says('how much do I owe?')
      .hears(/2,500\.00/)
      .says('yes')
      .hears(/Order \*\d+\* placed/)
      .says('where is my order?')
      .hears(/1,652\.00/)
      .says('cancel my order')
      .hears(/Cancel/)
      .says('yes')
      .hears(/cancelled/);
  });

  test('in Hindi', async () => {
    await chat('hi')
      .says('नमस्ते')
      .says('2 पेटी कोका कोला, 3 चिनी और 2 बोरी बासमती चावल')
      .taps(/50kg/)
      .says('नहीं, कोका कोला 4 पेटी')
      .hears(/कुल \*14,298\.00\*/)
      .says('मेरा बकाया कितना है?')
      .says('हाँ')
      .hears(/ऑर्डर \*\d+\* लग गया/)
      .says('मेरा ऑर्डर कहाँ है?')
      .says('ऑर्डर कैंसल करो')
      .says('हाँ')
      .hears(/42,000\.00 बचे/);
  });

  test('in Hindi with Latin letters', async () => {
    await chat('hi-Latn')
      .says('namaste bhai')
      .says('bhai 4 peti thmus up bhej do aur 2 chini')
      .taps(/50kg/)
      .says('nahi thums up 6 peti')
      .hears(/Kul \*9,916\.00\*/)
      .says('kitna baki hai?')
      .says('haan bhej do')
      .hears(/Order \*\d+\* lag gaya/)
      .says('mera order kahan hai')
      .says('order cancel karo')
      .says('haan')
      .hears(/37,500\.00 bache/);
  });

  test('in Spanish', async () => {
    await chat('es')
      .says('buenos días')
      .says('3 cajas de atum en agua, 2 azúcar y 4 cajas de aceite')
      .taps(/50kg/)
      .says('no, mejor 5 cajas de atún')
      .hears(/Total \*8864,00\*/)
      .says('¿cuánto debo?')
      .says('sí')
      .hears(/Pedido \*\d+\* hecho/)
      .says('¿dónde está mi pedido?')
      .says('cancela el pedido')
      .says('sí')
      .hears(/21\.900,00 disponibles/);
  });

  test('in Portuguese', async () => {
    await chat('pt')
      .says('bom dia')
      .says('5 caixas de guarna 2L, 10 açúcar e 2 caixas de café')
      .taps(/5kg/)
      .says('não, 8 caixas de guaraná')
      .hears(/Total \*1\.313,00\*/)
      .says('quanto eu devo?')
      .says('sim')
      .hears(/Pedido \*\d+\* feito/)
      .says('cadê meu pedido?')
      .says('cancela o pedido')
      .says('sim')
      .hears(/6\.800,00 livres/);
  });

  test('in Arabic', async () => {
    await chat('ar')
      .says('السلام عليكم')
      .says('٥ كراتين ماء معدنى و ١٠ سكر و ٣ اكياس رز بسمتي')
      .taps(/10/)
      .says('لا، ٨ كراتين ماء معدني')
      .hears(/المجموع \*631\.50\*/)
      .says('كم علي؟')
      .says('نعم')
      .hears(/الطلب \*\d+\* تم تسجيله/)
      .says('وين طلبي؟')
      .says('الغي الطلب')
      .says('نعم')
      .hears(/10,500\.00/);
  });

  test('in Swahili', async () => {
    await chat('sw')
      .says('habari')
      .says('naomba soda kreti 4, sukri 3 na mafuta katoni 2')
      .taps(/50kg/)
      .says('hapana, soda 6')
      .hears(/Jumla \*36,300\.00\*/)
      .says('nadaiwa kiasi gani?')
      .says('ndiyo')
      .hears(/Oda \*\d+\* imewekwa/)
      .says('oda yangu iko wapi?')
      .says('ghairi oda')
      .says('ndiyo')
      .hears(/51,000\.00/);
  });

  test('in French', async () => {
    await chat('fr')
      .says('bonjour')
      .says('4 cartons de coca colla 1,5L, 2 sucre et 3 sacs de riz parfumé')
      .taps(/50kg/)
      .says('non, 6 cartons de coca')
      .hears(/Total \*134\s300\*/)
      .says('combien je dois ?')
      .says('oui')
      .hears(/Commande \*\d+\* passée/)
      .says('où est ma commande ?')
      .says('annule la commande')
      .says('oui')
      .hears(/750\s000 disponibles/);
  });

  test('in Indonesian', async () => {
    await chat('id')
      .says('selamat pagi')
      .says('pesan indomi goreng 5 karton, gula 2 sama minyak goreng 3 karton')
      .taps(/50kg/)
      .says('bukan, indomie goreng 8 karton')
      .hears(/Total \*3\.280\.000\*/)
      .says('utang saya berapa?')
      .says('ya')
      .hears(/Pesanan \*\d+\* sudah masuk/)
      .says('pesanan saya di mana?')
      .says('batalkan pesanan')
      .says('ya')
      .hears(/sisa limit 4\.250\.000/);
  });
});

test('every order of these chats gave its credit back, and the ledger proves all accounts', async () => {
  const rows = await service.database.ownerSql<{ status: string; orders: string; held: string }>(
    `select o.status, count(*)::text as orders, sum(a.held_minor)::text as held
       from orders o join credit_account a using (wholesaler_id, retailer_id) group by o.status`,
  );
  expect(rows).toEqual([{ status: 'cancelled', orders: '9', held: '0' }]);
  expect(await verifyLedger(service.database.db, {})).toMatchObject({ ok: true, accounts: 9 });
});
