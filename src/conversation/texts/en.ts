import type { Catalogue } from './catalogue.ts';
import { en as money } from './money/en.ts';

/** English, the language that every other falls back to and is translated from. */
export const en: Catalogue = {
  couldNotProcess:
    'Sorry, something went wrong on our side and I could not work on your message. Please send it again.',
  quantity: '{shown} {unit}',
  comma: ',',
  semicolon: ';',
  goods: '{product}, {quantity}',
  buttons: {
    confirm: 'Confirm',
    change: 'Change',
    cancel: 'Cancel',
    tryAgain: 'Try again',
    yes: 'Yes',
    leaveOut: 'Leave it out',
    choose: 'Choose',
    cancelOrder: 'Yes, cancel it',
    keepOrder: 'No, keep it',
  },
  proposal: {
    heading: 'Your order',
    line: '{position}. {product}, {quantity}{contents, select, none {} other { ({contents})}} - {total}',
    total: 'Total *{amount}*',
    waiting: 'Your order of *{amount}* is not placed yet. Shall I place it?',
    waitingShort: 'Your order of *{amount}* is still open: it is {short} more than your credit has left.',
    waitingBlocked: "Your order of *{amount}* is still open. I can't place it as your account stands.",
    creditLeft: 'Credit left after this: {left}',
    doesNotFit:
      'Your credit has {available} left (limit {limit}, owed {owed}, on order {held}): this is {short} too much.',
    accountBlocked: "Your account is on hold, so I can't place this now. {wholesaler} can tell you what is needed.",
    accountClosed: "Your credit account is closed, so I can't place this. Please ask {wholesaler}.",
    limitLapsed:
      "Your credit limit has expired, so I can't place this now. {wholesaler} can renew it; I keep your order.",
    accountMissing: 'You have no credit account yet: {wholesaler} has to open one before I can place this.',
    switchedOff: '{product} is not on sale now, so I left it out.',
    outOfStock: '{product} is out of stock, so I left it out.',
    notSold: '{product} is no longer in our list, so I left it out.',
    notInCart: '{product} was not in your order.',
    tooManyLines:
      "One order can't hold more lines: {count, plural, one {# line is} other {# lines are}} left out. Send them as a second order.",
    nothingLeft: 'That leaves your order empty. Nothing was placed.',
    empty: 'There is nothing in your order yet. Write what you need.',
    pricesChanged: 'Prices changed since I showed you this order. Nothing is placed yet: please look again.',
    oldButton: 'That button belongs to an older message, so I did nothing. This is how it stands now.',
    sentLongAgo:
      'Your message reached me late, so I placed nothing. Please look again and confirm if you still want it.',
    lapsed: 'Your earlier order was not confirmed in time, so it is not placed. I kept it open for you.',
    addedToOpenOrder: 'I put this together with the order you had open.',
    sentTwice: 'You sent this twice, so I count it once.',
    howToChange: 'What should I change? For example "make {product} 5", "remove {product}", or write what to add.',
    notPlaced: 'Not placed. Write what to change, for example "remove {product}", or cancel the whole order.',
    dropped: 'Cancelled. Nothing was placed.',
  },
  placing: {
    placed: 'Order *{number}* placed. {amount} on credit, {left} left.',
    alreadyPlaced: 'Order *{number}* is already placed ({amount}). Nothing was ordered twice.',
    refusedShort:
      "I can't place this order: it is {amount} and your credit has {available} left (limit {limit}, owed {owed}, on order {held}). You are {short} short.",
    refusedBlocked:
      "I can't place this order: your account is on hold{owed, select, none {} other { (owed {owed}, on order {held})}}. Please talk to {wholesaler}; I keep your order until then.",
    refusedInactive:
      "I can't place this order: your credit is not active at the moment. Please ask {wholesaler} to renew it; I keep your order.",
    refusedNoAccount:
      "I can't place this order: you have no credit account yet. {wholesaler} has to open one; I keep your order.",
    refusedDuplicate:
      'This confirmation was already used for another order, so I placed nothing. Please confirm once more.',
    refusedBusy: 'Your account is very busy right now, so nothing was placed. Please try again in a moment.',
    refusedBroken: 'Something went wrong on our side and nothing was placed. Please try again in a moment.',
    refusedAmount: "I can't place an order of {amount}. Please change it.",
    refusedOtherwise: "I can't place this order now. Please talk to {wholesaler}; I keep your order.",
    nothingToConfirm: 'There is nothing waiting for your confirmation. Write what you need.',
    orderLapsed:
      'Order *{number}* ({amount}) was not delivered in time and has expired: nothing is held on your credit for it any more. Write what you need to order again.',
    restLapsed:
      'The rest of order *{number}* ({amount}) was not delivered in time and is closed: nothing is held on your credit for it any more. Write what you need to order again.',
  },
  questions: {
    noted: '{product}, {quantity}: noted.',
    notedMany: '{count, plural, one {# line} other {# lines}} noted.',
    whichProduct: 'Which one do you mean by "{words}"{quantity, select, none {} other { ({quantity})}}?',
    whichToRemove: 'Which one should I take out for "{words}"?',
    option: '{position}. {product}{price, select, none {} other { - {price}}}',
    price: '{amount} a {unit}',
    didYouMean: 'Do you mean {product} by "{words}"{quantity, select, none {} other { ({quantity})}}?',
    howToAnswer: 'Tap one, or write its number. "No" leaves it out.',
    howMany: 'How many of {product}?{units, select, none {} other { Write the number and {units}.}}',
    unknownProduct:
      'I can\'t find "{words}"{quantity, select, none {} other { ({quantity})}} in our list. Write it another way, or "no" to leave it out.',
    perhaps: 'I can\'t find "{words}"{quantity, select, none {} other { ({quantity})}}. Is it one of these?',
    badQuantity:
      'You wrote {quantity} of {product}. How many do you need?{units, select, none {} other { Write the number and {units}.}}',
    reallySoMany: '{quantity} of {product}: is that right?',
    notAllowed:
      '{product} is sold {minimum, select, none {{step, select, none {in whole pieces} other {in steps of {step}}}} other {from {minimum}{step, select, none {} other {, in steps of {step}}}}}; you wrote {asked}. Shall I take {nearest}?',
    leftOut: '"{words}": left out.',
    lapsed: 'I got no answer about "{words}" in time, so it is left out for now.',
    oldChoice: 'That choice belongs to an older question, so I did nothing.',
    tooManyQuestions:
      '{count, plural, one {# more line was} other {# more lines were}} not clear to me and left out. Please send them again after this.',
  },
  cancelling: {
    askWhetherToCancel: 'Cancel order *{number}*{amount, select, none {} other { ({amount})}}?',
    cancelled: 'Order *{number}* cancelled. {released} is back on your credit: {available} available.',
    kept: 'Order *{number}* stays as it is.',
    alreadyClosed:
      '{number, select, none {That order is closed already} other {Order *{number}* is {status, select, none {closed} other {{status}}} already}}, so there is nothing to cancel.',
    delivered:
      '{number, select, none {That order} other {Order *{number}*}} has been delivered, so it can no longer be cancelled.',
    notFound:
      "{number, select, none {I can't find that order.} other {I can't find order {number} among your last orders.}}",
    nothing: 'You have no order that could be cancelled.',
    lapsed: 'You did not say whether to cancel order *{number}*, so it stays.',
    sentLongAgo: 'Your message reached me late, so I cancelled nothing yet.',
  },
  account: {
    balance: 'Limit {limit}, owed {owed}, on order {held}. Available: *{available}*',
    blocked: 'Your account is on hold for new orders. {wholesaler} can tell you what is needed.',
    closed: 'Your credit account is closed. Please ask {wholesaler}.',
    lapsed: 'Your credit limit has expired, so new orders have to wait. Please ask {wholesaler} to renew it.',
    missing: 'You have no credit account yet. Please ask {wholesaler} to open one.',
    recentOrders: 'Your last orders',
    order: 'Order *{number}*, {date}: {amount}, {status}',
    noOrders: 'You have no orders yet.',
    status:
      '{status, select, waiting_for_approval {waiting for approval} waiting_on_credit {waiting for credit} approved {placed} part_delivered {partly delivered} delivered {delivered} cancelled {cancelled} rejected {rejected} expired {expired} other {{status}}}',
    explained:
      'This is how your credit stands now: limit {limit} - owed {owed} - on order {held} = {available}. An order that is more than this is refused.',
    paid: "Thank you. I can't book payments from this chat; {wholesaler} records them when they are checked. Until then your account shows:",
  },
  talk: {
    greeting:
      'Hello {name}! Write what you need{example, select, none {} other {, for example "{example}"}}. I can also tell you your balance and your orders.',
    help: `To order, write what you need{example, select, none {.} other {: "{example}"}}
To change it: "make it 5", "remove ...", "add ...". "Same as last time" repeats your last order.
Also: "balance", "statement", "my orders", "list", "price of ...", "cancel", or "talk to a person".`,
    human: 'I am passing this chat on: a person at {wholesaler} will be told that you want to talk.',
    complaint: 'I am sorry to hear that. I am passing it on: a person at {wholesaler} will look into it.',
    language: 'I answer in English. You can write to me in other languages too.',
    stranger:
      'Hello{name, select, none {} other { {name}}}, this is the ordering line of {wholesaler}. This number is not registered with us yet. Please ask {wholesaler} to add it to your shop; then you can order here.',
    media: {
      voice: "I can't listen to voice notes yet. Please write your order as text.",
      audio: "I can't listen to recordings. Please write your order as text.",
      image: "I can't read pictures yet. Please write your order as text.",
      video: "I can't watch videos. Please write your order as text.",
      document: "I can't read documents yet. Please write your order as text.",
      sticker: 'Nice one! To order, please write what you need.',
    },
    cartLost: 'WhatsApp did not pass your cart on to me. Please send it again, or write what you need as text.',
    tapLost: 'WhatsApp did not pass your tap on to me. Please tap again, or write your answer as text.',
    edited:
      'You changed a message after sending it, and I work with what it said first. Please write what should be different as a new message.',
    deleted:
      'You deleted a message that I have already read. Nothing was changed by that: write "cancel" to take something back, or write what you need.',
    tooLong: 'That message is too long for me to read. Please send your order in several shorter ones.',
    unreadable: "I can't read this kind of message. Please write what you need as text.",
    notUnderstood:
      '{words, select, none {I did not understand that.} other {I did not understand "{words}".}} Write what you need, or "help".',
    notUnderstoodAgain:
      '{words, select, none {Sorry, I still do not understand.} other {Sorry, I do not understand "{words}" either.}} Write "help" to see what I can do, or "person" to talk to somebody at {wholesaler}.',
    queryWhat: 'Which product do you want to know about? Write its name.',
    queryUnknown: 'I can\'t find "{words}" in our list.',
    queryPrice:
      '{product}: {prices, select, none {} other {{prices}, }}{stock, select, low {few left} out {out of stock} off {not on sale now} other {in stock}}',
    allRight: 'All right. Write whenever you need something.',
    repeatNothing: 'You have no earlier order that I could repeat. Write what you need.',
  },
  people: {
    awaitsLink:
      'Hello{name, select, none {} other { {name}}}, this is the ordering line of {wholesaler}. You write from a number or account that is new to us. Before you can order here, {wholesaler} has to confirm that it is yours; they have been told.',
    isItYours:
      'Somebody writes to us from a number or WhatsApp account that is new to us and may be your shop. Is it yours? If you do not know it, choose "No": it gets no access. Questions? Ask {wholesaler}.',
    ours: 'Yes, it is ours',
    notOurs: 'No',
    linkAnswered:
      '{outcome, select, confirmed {Thank you. The new number or account can order for your shop from now on.} refused {Thank you for telling us. It gets no access to your account, and {wholesaler} can see your answer.} needs_staff {{wholesaler} has to decide this; they have been told.} other {This question is settled already.}}',
    linked: '{wholesaler} has confirmed that this number is yours. You can order here now: write what you need.',
    notLinked: 'We could not confirm that this number is yours. Please ask {wholesaler}.',
    registered: 'Welcome! You are registered with {wholesaler} as {shop}. Write what you need to order.',
    phoneKept: 'Thank you, we have noted your number.',
  },
  waiting: {
    fit: 'Fit to {amount}',
    fitPlain: 'Fit to my credit',
    askApproval: 'Ask for approval',
    payFirst: 'Pay first',
    person: 'Talk to a person',
    takeUp: 'Show the order',
    fitRow: 'Order for {amount}, leave out the rest',
    askRow: 'I ask for permission and tell you the answer',
    payRow: 'I keep the order and ask again when you have paid',
    cancelRow: 'Nothing is ordered',
    whatNow: 'What shall I do?',
    trimmed: 'Fitted to your credit. Left out: {missing}.',
    forApproval:
      'Order *{number}* ({amount}) now waits for approval. I will tell you as soon as there is an answer. To take it back, write "cancel {number}".',
    onCredit:
      'I keep order *{number}* ({amount}) and ask you again as soon as your credit has room for it. To take it back, write "cancel {number}".',
    still: 'Order *{number}* ({amount}) is {status}. I will write to you as soon as that changes.',
    withdrawn: 'Order *{number}* is taken back. Nothing was ordered.',
    fits: 'Good news: your credit has room for order *{number}* now. Shall I place it? These are today’s prices.',
    fitsToo: 'Good news: your credit has room for order *{number}* ({amount}) now.',
    finishFirst: 'You have another order open. Please confirm or cancel it first.',
    lapsed:
      'Order *{number}* ({amount}) waited for credit as long as it could and has lapsed. Nothing was ordered. Write what you need to order again.',
    notWaiting: 'That order is no longer waiting, so nothing was placed.',
  },
  approvals: {
    approve: 'Approve',
    reject: 'Reject',
    ask: '{shop} asks for order *{number}* of *{amount}*: {short} more than their credit.\nLimit {limit}, owed {owed}, on order {held}.',
    overdue: 'Overdue: {amount}',
    lastOrders: 'Last orders',
    lastPayments: 'Last payments',
    payment: '{date}: {amount}',
    noHistory: 'No orders or payments before this one.',
    youApproved: 'Approved: order *{number}* of {shop} is placed, {amount} on credit. They have been told.',
    youRejected: 'Rejected: order *{number}* of {shop} is not placed. They have been told.',
    lockRefused:
      'You approved order *{number}* of {shop}, but it could not be placed: {why, select, blocked {the account is on hold} inactive {the account is not active} short {by now it is more above the credit than you were asked for} other {the credit check refused it}}. They have been told.',
    decided:
      'Order *{number}* of {shop} {outcome, select, approved {was approved already} rejected {was rejected already} refused {was approved already, but the credit check refused it} withdrawn {was taken back by the shop} other {lapsed without an answer}}{by, select, none {} other { by {by}}}.',
    lapsedForApprover:
      'Nobody answered about order *{number}* of {shop} in time, so it has lapsed. They have been told.',
    none: 'No order waits for your approval now. When one does, I write to you here.',
    several:
      '{count, plural, one {# order waits} other {# orders wait}} for your approval. Tap under the one you mean, or write for example "approve {number}".',
    sentLongAgo: 'Your message reached me late, so nothing is decided yet.',
    approved: 'Good news: order *{number}* is approved and placed. {amount} on credit, {left} left.',
    rejected:
      'Order *{number}* ({amount}) was not approved, so it is not placed. You can order less, or talk to {wholesaler}.',
    refused:
      'Order *{number}* ({amount}) was approved, but it can’t be placed as your account stands now. Please talk to {wholesaler}.',
    expired: 'Nobody could look at order *{number}* ({amount}) in time, so it is not placed. Sorry!',
    askAgain: 'Order it again',
  },
  money,
  rules: {
    belowMinimum:
      'The smallest order is {minimum}, so {missing} are missing. Add something{example, select, none {} other {, for example "add {example}"}}.',
    closedRefused:
      'We are closed now and take no orders{opens, select, none {} other { until {opens}}}. I keep this one for you{opens, select, none {} other {: confirm it then}}.',
    openAgain: 'We are open again, and I kept your order: here it is. It is not placed yet.',
    closedTaken:
      'We are closed now, so it will be worked on {opens, select, none {when we open again} other {from {opens}}}.',
    strangerAnnounced:
      'Hello{name, select, none {} other { {name}}}, this is the ordering line of {wholesaler}. This number is not registered with us yet. I have told {wholesaler}; as soon as they add it to your shop you can order here.',
  },
  languages: {
    chosen: 'I write to you in English from now on.',
    which: 'Which language shall I write in?',
    button: 'Languages',
    writeOne: 'I can write in: {names}. Write the name of the one you want.',
    notOffered: 'I can’t write in {language}.',
  },
  older: {
    nothingDone: 'That answers an older message, so I did nothing.',
    more: '{count, plural, one {One more product fits} other {# more products fit}}: ask for fewer at a time.',
  },
  notices: {
    stopped:
      'Done: you get no more reminders and notices from {wholesaler}. When you write, we still answer, and you still hear about your orders. Write START to get them again.',
    started: 'Done: you get reminders and notices from {wholesaler} again. Write STOP if you do not want them.',
    kept: 'Order *{number}* stays open: its credit is kept for you until {until}.',
    notKept: 'Order *{number}* is not waiting any more, so there is nothing to keep.',
  },
  staff: {
    botBack: 'This is the ordering assistant of {wholesaler} again. Write what you need.',
    botBackLate:
      'Sorry, nobody at {wholesaler} could answer you so far; they can see what you wrote. The ordering assistant is back meanwhile: write what you need.',
  },
  newcomers: {
    refused:
      '{wholesaler} could not register you for ordering here. Please call them if you think that this is a mistake.',
    askPhone: 'So that {wholesaler} knows who you are: may we have your phone number? Tap below to share it.',
    phoneNoted: 'Thank you. {wholesaler} has your number now and will tell you here when you can order.',
  },
  units: {
    each: '{count, plural, one {piece} other {pieces}}',
    piece: '{count, plural, one {piece} other {pieces}}',
    case: '{count, plural, one {case} other {cases}}',
    carton: '{count, plural, one {carton} other {cartons}}',
    box: '{count, plural, one {box} other {boxes}}',
    crate: '{count, plural, one {crate} other {crates}}',
    bag: '{count, plural, one {bag} other {bags}}',
    sack: '{count, plural, one {sack} other {sacks}}',
    bale: '{count, plural, one {bale} other {bales}}',
    pack: '{count, plural, one {pack} other {packs}}',
    packet: '{count, plural, one {packet} other {packets}}',
    bundle: '{count, plural, one {bundle} other {bundles}}',
    bottle: '{count, plural, one {bottle} other {bottles}}',
    tin: '{count, plural, one {tin} other {tins}}',
    can: '{count, plural, one {can} other {cans}}',
    jar: '{count, plural, one {jar} other {jars}}',
    tub: '{count, plural, one {tub} other {tubs}}',
    bucket: '{count, plural, one {bucket} other {buckets}}',
    drum: '{count, plural, one {drum} other {drums}}',
    tray: '{count, plural, one {tray} other {trays}}',
    strip: '{count, plural, one {strip} other {strips}}',
    roll: '{count, plural, one {roll} other {rolls}}',
    sheet: '{count, plural, one {sheet} other {sheets}}',
    bar: '{count, plural, one {bar} other {bars}}',
    pair: '{count, plural, one {pair} other {pairs}}',
    set: '{count, plural, one {set} other {sets}}',
    dozen: 'dozen',
    half: '{count, plural, one {half} other {halves}}',
  },
};
