import { englishCount } from './en-units.ts';
import type { Texts } from './types.ts';

const orUnits = new Intl.ListFormat('en', { type: 'disjunction' });

function howManyUnits(units: string[]): string {
  return units.length > 1 ? ` Write the number and ${orUnits.format(units)}.` : '';
}

/** What English says while an order is made, asked about, placed and cancelled. */
export const orderTexts: Pick<Texts, 'proposal' | 'placing' | 'questions' | 'cancelling'> = {
  proposal: {
    heading: 'Your order',
    line: ({ position, product, quantity, contents, total }) =>
      `${position}. ${product}, ${quantity}${contents === null ? '' : ` (${contents})`} - ${total}`,
    total: ({ amount }) => `Total *${amount}*`,
    waiting: ({ amount }) => `Your order of *${amount}* is not placed yet. Shall I place it?`,
    waitingShort: ({ amount, short }) =>
      `Your order of *${amount}* is still open: it is ${short} more than your credit has left.`,
    waitingBlocked: ({ amount }) => `Your order of *${amount}* is still open. I can't place it as your account stands.`,
    creditLeft: ({ left }) => `Credit left after this: ${left}`,
    doesNotFit: ({ limit, owed, held, available, short }) =>
      `Your credit has ${available} left (limit ${limit}, owed ${owed}, on order ${held}): this is ${short} too much.`,
    accountBlocked: ({ wholesaler }) =>
      `Your account is on hold, so I can't place this now. ${wholesaler} can tell you what is needed.`,
    accountClosed: ({ wholesaler }) =>
      `Your credit account is closed, so I can't place this. Please ask ${wholesaler}.`,
    accountMissing: ({ wholesaler }) =>
      `You have no credit account yet: ${wholesaler} has to open one before I can place this.`,
    switchedOff: ({ product }) => `${product} is not on sale now, so I left it out.`,
    outOfStock: ({ product }) => `${product} is out of stock, so I left it out.`,
    notSold: ({ product }) => `${product} is no longer in our list, so I left it out.`,
    notInCart: ({ product }) => `${product} was not in your order.`,
    tooManyLines: ({ count }) =>
      `One order can't hold more lines: ${englishCount(count, 'line is', 'lines are')} left out. Send them as a second order.`,
    nothingLeft: 'That leaves your order empty. Nothing was placed.',
    empty: 'There is nothing in your order yet. Write what you need.',
    pricesChanged: 'Prices changed since I showed you this order. Nothing is placed yet: please look again.',
    oldButton: 'That button belongs to an older message, so I did nothing. This is how it stands now.',
    sentLongAgo:
      'Your message reached me late, so I placed nothing. Please look again and confirm if you still want it.',
    lapsed: 'Your earlier order was not confirmed in time, so it is not placed. I kept it open for you.',
    addedToOpenOrder: 'I put this together with the order you had open.',
    sentTwice: 'You sent this twice, so I count it once.',
    howToChange: ({ product }) =>
      `What should I change? For example "make ${product} 5", "remove ${product}", or write what to add.`,
    notPlaced: ({ product }) =>
      `Not placed. Write what to change, for example "remove ${product}", or cancel the whole order.`,
    dropped: 'Cancelled. Nothing was placed.',
  },
  placing: {
    placed: ({ number, amount, left }) => `Order *${number}* placed. ${amount} on credit, ${left} left.`,
    alreadyPlaced: ({ number, amount }) =>
      `Order *${number}* is already placed (${amount}). Nothing was ordered twice.`,
    refusedShort: ({ limit, owed, held, available, amount, short }) =>
      `I can't place this order: it is ${amount} and your credit has ${available} left ` +
      `(limit ${limit}, owed ${owed}, on order ${held}). You are ${short} short.`,
    refusedBlocked: ({ wholesaler, figures }) =>
      `I can't place this order: your account is on hold${figures === null ? '' : ` (owed ${figures.owed}, on order ${figures.held})`}. ` +
      `Please talk to ${wholesaler}; I keep your order until then.`,
    refusedInactive: ({ wholesaler }) =>
      `I can't place this order: your credit is not active at the moment. Please ask ${wholesaler} to renew it; I keep your order.`,
    refusedNoAccount: ({ wholesaler }) =>
      `I can't place this order: you have no credit account yet. ${wholesaler} has to open one; I keep your order.`,
    refusedDuplicate:
      'This confirmation was already used for another order, so I placed nothing. Please confirm once more.',
    refusedBusy: 'Your account is very busy right now, so nothing was placed. Please try again in a moment.',
    refusedBroken: 'Something went wrong on our side and nothing was placed. Please try again in a moment.',
    refusedAmount: ({ amount }) => `I can't place an order of ${amount}. Please change it.`,
    refusedOtherwise: ({ wholesaler }) =>
      `I can't place this order now. Please talk to ${wholesaler}; I keep your order.`,
    nothingToConfirm: 'There is nothing waiting for your confirmation. Write what you need.',
    orderLapsed: ({ number, amount }) =>
      `Order *${number}* (${amount}) was not delivered in time and has expired: nothing is held on your credit for it any more. ` +
      'Write what you need to order again.',
    restLapsed: ({ number, amount }) =>
      `The rest of order *${number}* (${amount}) was not delivered in time and is closed: nothing is held on your credit ` +
      'for it any more. Write what you need to order again.',
  },
  questions: {
    noted: ({ product, quantity }) => `${product}, ${quantity}: noted.`,
    notedMany: ({ count }) => `${englishCount(count, 'line', 'lines')} noted.`,
    whichProduct: ({ words, quantity }) =>
      quantity === null ? `Which one do you mean by "${words}"?` : `Which one do you mean by "${words}" (${quantity})?`,
    whichToRemove: ({ words }) => `Which one should I take out for "${words}"?`,
    option: ({ position, product, price }) => `${position}. ${product}${price === null ? '' : ` - ${price}`}`,
    price: ({ amount, unit }) => `${amount} a ${unit}`,
    didYouMean: ({ words, product, quantity }) =>
      `Do you mean ${product} by "${words}"${quantity === null ? '' : ` (${quantity})`}?`,
    howToAnswer: 'Tap one, or write its number. "No" leaves it out.',
    howMany: ({ product, units }) => `How many of ${product}?${howManyUnits(units)}`,
    unknownProduct: ({ words, quantity }) =>
      `I can't find "${words}"${quantity === null ? '' : ` (${quantity})`} in our list. Write it another way, or "no" to leave it out.`,
    perhaps: ({ words, quantity }) =>
      `I can't find "${words}"${quantity === null ? '' : ` (${quantity})`}. Is it one of these?`,
    badQuantity: ({ product, quantity, units }) =>
      `You wrote ${quantity} of ${product}. How many do you need?${howManyUnits(units)}`,
    reallySoMany: ({ product, quantity }) => `${quantity} of ${product}: is that right?`,
    notAllowed: ({ product, asked, minimum, step, nearest }) => {
      const rules = [minimum === null ? '' : `from ${minimum}`, step === null ? '' : `in steps of ${step}`];
      const rule = rules.filter((part) => part !== '').join(', ') || 'in whole pieces';
      return `${product} is sold ${rule}; you wrote ${asked}. Shall I take ${nearest}?`;
    },
    leftOut: ({ words }) => `"${words}": left out.`,
    lapsed: ({ words }) => `I got no answer about "${words}" in time, so it is left out for now.`,
    oldChoice: 'That choice belongs to an older question, so I did nothing.',
    tooManyQuestions: ({ count }) =>
      `${englishCount(count, 'more line was', 'more lines were')} not clear to me and left out. Please send them again after this.`,
  },
  cancelling: {
    askWhetherToCancel: ({ number, amount }) => `Cancel order *${number}*${amount === null ? '' : ` (${amount})`}?`,
    cancelled: ({ number, released, available }) =>
      `Order *${number}* cancelled. ${released} is back on your credit: ${available} available.`,
    kept: ({ number }) => `Order *${number}* stays as it is.`,
    alreadyClosed: ({ number, status }) =>
      number === null
        ? 'That order is closed already, so there is nothing to cancel.'
        : `Order *${number}* is ${status ?? 'closed'} already, so there is nothing to cancel.`,
    delivered: ({ number }) =>
      number === null
        ? 'That order has been delivered, so it can no longer be cancelled.'
        : `Order *${number}* has been delivered, so it can no longer be cancelled.`,
    notFound: ({ number }) =>
      number === null ? "I can't find that order." : `I can't find order ${number} among your last orders.`,
    nothing: 'You have no order that could be cancelled.',
    lapsed: ({ number }) => `You did not say whether to cancel order *${number}*, so it stays.`,
    sentLongAgo: 'Your message reached me late, so I cancelled nothing yet.',
  },
};
