import type { Messages } from '../catalogue.ts';
import type { MoneyTexts } from './types.ts';

export const fr: Messages<MoneyTexts> = {
  buttons: {
    statement: 'Relevé de compte',
    paid: 'J’ai payé',
    human: 'Parler à quelqu’un',
    slip: 'Oui, un paiement',
    noSlip: 'Non',
    more: 'Voir la suite',
  },
  balance: {
    overdue: 'En retard : *{amount}*, depuis le {date}.',
    dueNext: 'Prochaine échéance : {amount} le {date}.',
    paidAhead: 'Payé d’avance : {amount}.',
    stops:
      '*{amount}* sont en retard depuis le {date}, je ne peux donc pas passer la commande maintenant. Dès que c’est payé, je reprends vos commandes.',
  },
  statement: {
    heading: '*Relevé* {period}',
    toPay: 'À payer : *{amount}*',
    inCredit: 'En votre faveur : *{amount}*',
    settled: 'Rien à payer.',
    movements: 'Derniers mouvements',
    movement: '{date} : {what} {amount}',
    what: '{kind, select, CAPTURE {{number, select, none {marchandise livrée} other {commande {number}}}} PAYMENT {paiement} PAYMENT_REVERSAL {paiement rejeté} CREDIT_NOTE {avoir} WRITE_OFF {remise de dette} other {correction}}{reference, select, none {} other { ({reference})}}',
    none: 'Rien n’a été facturé ni payé pendant cette période.',
    inPdf: 'Tout est dans ce PDF.',
    file: 'Relevé {period}',
    tooLong:
      'C’est trop pour un seul relevé. Demandez une période plus courte, par exemple « relevé du mois dernier ».',
  },
  order: {
    line: '{position}. {product}, {quantity}{missing, select, none {} other { (il manque {missing})}}',
    moreLines: '{count, plural, one {et # ligne de plus} other {et # lignes de plus}}',
    charged: 'Facturé jusqu’ici : {amount}{due, select, none {} other {, à payer le {due}}}.',
    kept: 'Nous gardons {amount} de votre crédit pour ce qui doit encore arriver.',
  },
  why: {
    asked: '{when} : vous avez demandé {amount}.',
    sum: 'Plafond {limit} - dû {owed} - en commande {held}{orders, select, none {} other { ({orders})}}{granted, select, none {} other { + accordé {granted}}} = {available}.',
    order: 'commande {number}',
    short: 'Il manquait *{short}*.',
    fits: '{number, select, none {Cela tenait, c’est donc accepté.} other {Cela tenait : la commande *{number}* est passée.}}',
    overdue:
      '{overdue, select, none {Un paiement était en retard} other {*{overdue}* étaient en retard}}{since, select, none {} other { depuis le {since}}}, la commande n’a donc pas pu passer.',
    onHold: 'Votre compte était suspendu. {wholesaler} vous dira ce qu’il faut.',
    inactive: 'Votre crédit n’était pas actif. Demandez à {wholesaler} de le renouveler.',
    otherwise:
      'Elle n’a pas pu passer à ce moment-là, et ce n’était pas le crédit. Réessayez ou demandez à {wholesaler}.',
    nothing: 'Aucune de vos commandes n’a été refusée.',
  },
  claim: {
    noted:
      'Merci. J’ai transmis votre paiement de *{amount}*{method, select, none {} other { ({method})}}{reference, select, none {} other {, réf. {reference}}}. {wholesaler} le vérifie, et vous recevez le reçu dès qu’il est enregistré.',
    again:
      '{state, select, open {Vous m’avez déjà signalé ce paiement le {date} : {wholesaler} le vérifie encore.} recorded {Vous m’avez déjà signalé ce paiement le {date}, et il est enregistré.} other {Vous m’avez déjà signalé ce paiement le {date}, et {wholesaler} ne l’a pas trouvé. Parlez-leur, s’il vous plaît.}}',
    howMuch: 'Combien avez-vous payé, et comment ? Par exemple « 5000 par virement, réf 123456 ».',
    photoNoted: 'Merci, {wholesaler} reçoit la photo.',
    isItSlip:
      'Est-ce le reçu d’un paiement ? Alors écrivez combien vous avez payé. Une commande, je ne la lis que par écrit : merci de l’écrire.',
    noSlip: 'D’accord. Écrivez ce qu’il vous faut, s’il vous plaît.',
    lapsed:
      '{photo, select, yes {Vous n’avez pas dit combien vous avez payé, {wholesaler} regardera donc votre photo.} other {Vous n’avez pas dit combien vous avez payé, je n’ai donc rien transmis.}}',
    refused:
      '{wholesaler} n’a pas pu confirmer votre paiement{amount, select, none {} other { de *{amount}*}}{reference, select, none {} other {, réf. {reference}}} : {reason}. Il n’est pas enregistré. Si vous avez payé, envoyez le reçu ou une autre référence.',
    method:
      '{method, select, cash {espèces} upi {UPI} transfer {virement} mobile_money {mobile money} card {carte} cheque {chèque} other {{method}}}',
  },
  receipt: {
    received:
      'Paiement reçu : *{amount}*{method, select, none {} other { ({method})}}{reference, select, none {} other {, réf. {reference}}}. Merci !',
    paidOff:
      '{order, select, none {Ancien solde} other {Commande *{order}*}} : {amount}{rest, select, none {, soldée} other {, reste {rest} à payer}}',
    moreDebts: '{count, plural, one {et # de plus} other {et # de plus}}',
    kept: '{amount} sont gardés pour vos prochains achats.',
    stands: 'Vous devez maintenant {owed} et il vous reste *{available}* de crédit.',
  },
  delivery: {
    whole:
      'La commande *{number}* est livrée. {amount} sont portés à votre compte{due, select, none {} other {, à payer le {due}}}.',
    part: 'Une partie de la commande *{number}* est livrée. {amount} sont portés à votre compte{due, select, none {} other {, à payer le {due}}}.',
    came: 'Livré cette fois :',
    missing: 'Pas livré :',
    missingLine: '- {product}, {quantity}',
    missingAmount: 'marchandise pour {amount}',
    kept: 'C’est encore à venir ; nous gardons {amount} de votre crédit pour cela.',
    released: 'Cela ne viendra pas et n’est pas facturé : {amount} reviennent à votre crédit.',
  },
  cancellation: {
    byWholesaler: 'La commande *{number}* ({amount}) a été annulée par {wholesaler} : {reason}.',
    back: '{released} reviennent sur votre crédit : {available} disponibles.',
  },
  list: {
    heading: 'Produits {from} à {to} sur {count} :',
    howTo: 'Touchez un produit pour le commander, ou écrivez son numéro.',
    narrow: 'Pour en voir moins, écrivez « liste » et ce que vous cherchez.',
    empty: 'Rien n’est en vente pour le moment.',
  },
};
