import type { Texts } from './types.ts';

/** Order states as a shopkeeper would say them. */
const STATUS: Record<string, string> = {
  waiting_for_approval: 'waiting for approval',
  waiting_on_credit: 'waiting for credit',
  approved: 'placed',
  part_delivered: 'partly delivered',
  delivered: 'delivered',
  cancelled: 'cancelled',
  rejected: 'rejected',
  expired: 'expired',
};

const STOCK = { in: 'in stock', low: 'few left', out: 'out of stock', off: 'not on sale now' };

/** What English says about the account, and everything that is not about an order. */
export const talkTexts: Pick<Texts, 'account' | 'talk'> = {
  account: {
    balance: ({ limit, owed, held, available }) =>
      `Limit ${limit}, owed ${owed}, on order ${held}. Available: *${available}*`,
    blocked: ({ wholesaler }) => `Your account is on hold for new orders. ${wholesaler} can tell you what is needed.`,
    closed: ({ wholesaler }) => `Your credit account is closed. Please ask ${wholesaler}.`,
    missing: ({ wholesaler }) => `You have no credit account yet. Please ask ${wholesaler} to open one.`,
    recentOrders: 'Your last orders',
    order: ({ number, status, amount, date }) => `Order *${number}*, ${date}: ${amount}, ${status}`,
    noOrders: 'You have no orders yet.',
    status: (status) => STATUS[status] ?? status.replaceAll('_', ' '),
    explained: ({ limit, owed, held, available }) =>
      `This is how your credit stands now: limit ${limit} - owed ${owed} - on order ${held} = ${available}. ` +
      'An order that is more than this is refused.',
    paid: ({ wholesaler }) =>
      `Thank you. I can't book payments from this chat; ${wholesaler} records them when they are checked. Until then your account shows:`,
  },
  talk: {
    greeting: ({ name, example }) =>
      `Hello ${name}! Write what you need${example === null ? '' : `, for example "${example}"`}. I can also tell you your balance and your orders.`,
    help: ({ example }) =>
      [
        `To order, write what you need${example === null ? '.' : `: "${example}"`}`,
        'To change it: "make it 5", "remove ...", "add ...". "Same as last time" repeats your last order.',
        'Also: "balance", "statement", "my orders", "price of ...", "cancel", or "talk to a person".',
      ].join('\n'),
    example: ({ products }) => products.map((product, at) => `${at === 0 ? 10 : 5} ${product}`).join(', '),
    human: ({ wholesaler }) =>
      `I am passing this chat on: a person at ${wholesaler} will be told that you want to talk.`,
    language: 'I can answer in English only for now, but you can write to me in your own language.',
    stranger: ({ wholesaler, name }) =>
      `Hello${name === null ? '' : ` ${name}`}, this is the ordering line of ${wholesaler}. ` +
      `This number is not registered with us yet. Please ask ${wholesaler} to add it to your shop; then you can order here.`,
    media: {
      voice: "I can't listen to voice notes yet. Please write your order as text.",
      audio: "I can't listen to recordings. Please write your order as text.",
      image: "I can't read pictures yet. Please write your order as text.",
      video: "I can't watch videos. Please write your order as text.",
      document: "I can't read documents yet. Please write your order as text.",
      sticker: 'Nice one! To order, please write what you need.',
    },
    unreadable: "I can't read this kind of message. Please write what you need as text.",
    notUnderstood: ({ words }) =>
      words === ''
        ? 'I did not understand that. Write what you need, or "help".'
        : `I did not understand "${words}". Write what you need, or "help".`,
    notUnderstoodAgain: ({ words, wholesaler }) =>
      `${words === '' ? 'Sorry, I still do not understand.' : `Sorry, I do not understand "${words}" either.`} ` +
      `Write "help" to see what I can do, or "person" to talk to somebody at ${wholesaler}.`,
    queryWhat: 'Which product do you want to know about? Write its name.',
    queryUnknown: ({ words }) => `I can't find "${words}" in our list.`,
    queryPrice: ({ product, prices, stock }) => `${product}: ${[...prices, STOCK[stock]].join(', ')}`,
    allRight: 'All right. Write whenever you need something.',
    repeatNothing: 'You have no earlier order that I could repeat. Write what you need.',
  },
};
