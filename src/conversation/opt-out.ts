import { isBeingAsked } from './hear-older.ts';
import { lapse } from './lapse.ts';
import { proposalOf } from './pending.ts';
import { type Draft, type Scene, say } from './scene.ts';
import { resume } from './settle.ts';
import type { ConversationState, NoticeWish } from './types.ts';

// Only what is a message of its own: "stop 2 coke" takes something out of an order. Words that some language uses for yes
// or for going on (acha, lanjut, endelea) are none of these.

/** "I want no more of your reminders", in every language, whichever the chat is in. */
const STOP = [
  ['stop', 'stop all', 'stop messages', 'stop reminders', 'stop promotions', 'unsubscribe', 'opt out', 'optout'],
  ['स्टॉप', 'बंद करो', 'बंद करें', 'मैसेज बंद करो', 'संदेश बंद करें'],
  ['stop karo', 'message band karo', 'messages band karo', 'msg band karo', 'reminder band karo'],
  ['parar', 'baja', 'darme de baja', 'dar de baja', 'detener', 'no más mensajes', 'no mas mensajes'],
  ['pare', 'sair', 'descadastrar', 'parar mensagens', 'chega de mensagens'],
  ['توقف', 'إيقاف', 'ايقاف', 'قف', 'أوقف الرسائل', 'اوقف الرسائل', 'إلغاء الاشتراك', 'الغاء الاشتراك'],
  ['sitisha', 'simamisha', 'komesha', 'sitisha ujumbe', 'acha kunitumia ujumbe'],
  ['arrêt', 'arret', 'arrêter', 'arreter', 'désabonner', 'desabonner', 'plus de messages'],
  ['berhenti', 'henti', 'berhenti langganan', 'stop pesan'],
].flat();

/** "I want them again"; heard as this only from whoever stopped them. */
const START = [
  ['start', 'start messages', 'start reminders', 'unstop', 'subscribe', 'opt in'],
  ['स्टार्ट', 'शुरू करो', 'शुरू करें', 'चालू करो'],
  ['start karo', 'shuru karo', 'chalu karo'],
  ['empezar', 'comenzar', 'iniciar', 'alta', 'reanudar'],
  ['começar', 'comecar', 'recomeçar', 'recomecar'],
  ['ابدأ', 'ابدا', 'بدء', 'استئناف', 'اشتراك'],
  ['anza', 'anzisha'],
  ['démarrer', 'demarrer', 'commencer', 'reprendre'],
  ['mulai', 'mulai lagi', 'aktifkan'],
].flat();

const WISHES = new Map<string, NoticeWish>([
  ...STOP.map((word) => [word.normalize('NFC'), 'stop'] as const),
  ...START.map((word) => [word.normalize('NFC'), 'start'] as const),
]);

/** The words by what they wish for. */
export const OPT_OUT_WORDS = { stop: STOP, start: START } as const;

/** Those that only say "stop": while an order is being asked about, it is the order that shall stop. */
const PLAIN_STOP: ReadonlySet<string> = new Set(
  [
    ...['स्टॉप', 'बंद करो', 'बंद करें', 'stop karo', 'parar', 'detener', 'pare', 'sair'],
    ...['توقف', 'إيقاف', 'ايقاف', 'قف', 'sitisha', 'simamisha', 'komesha'],
    ...['arrêt', 'arret', 'arrêter', 'arreter', 'berhenti', 'henti'],
  ].map((word) => word.normalize('NFC')),
);

/** What a message wishes about reminders, where it says nothing else. */
export function noticeWish(body: string): NoticeWish | null {
  return WISHES.get(bare(body)) ?? null;
}

/**
 * Whether a word for "stop" cancels what is being asked instead of ending reminders: only a word that may mean either, and
 * only while an order is asked about, by who swiped no other message, a reminder say. STOP itself always ends reminders.
 */
export function cancelsInstead(state: ConversationState, body: string, scene: Scene): boolean {
  const { quoted, withStaff, retailer } = scene.facts;
  if (!PLAIN_STOP.has(bare(body)) || withStaff || retailer === null) return false;
  const { pending } = lapse(state, scene).state;
  const isAboutOrder = pending?.kind === 'question' || proposalOf({ pending }) !== null;
  return isAboutOrder && (quoted === null || isBeingAsked(quoted, state, scene));
}

function bare(body: string): string {
  return body
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/[.!।]+$/u, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Obeys the wish and says so; what was being waited for is asked again, unless staff lead the chat. */
export function hearWish(state: ConversationState, wish: NoticeWish, scene: Scene): Draft {
  const { wholesaler, withStaff, retailer } = scene.facts;
  const words = { wholesaler: wholesaler.name };
  const { notices } = scene.t;
  const line = wish === 'stop' ? notices.stopped(words) : notices.started(words);
  const draft = withStaff || retailer === null ? say(state, [line]) : resume(state, [line], scene);
  return { ...draft, wish };
}
