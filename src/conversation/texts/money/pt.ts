import type { Messages } from '../catalogue.ts';
import type { MoneyTexts } from './types.ts';

export const pt: Messages<MoneyTexts> = {
  buttons: {
    statement: 'Extrato',
    paid: 'Já paguei',
    human: 'Falar com alguém',
    slip: 'Sim, é pagamento',
    noSlip: 'Não',
    more: 'Ver mais',
  },
  balance: {
    overdue: 'Vencido: *{amount}*, desde {date}.',
    dueNext: 'Próximo vencimento: {amount} em {date}.',
    paidAhead: 'Pago adiantado: {amount}.',
    stops:
      'Há *{amount}* vencidos desde {date}, por isso não posso fazer o pedido agora. Assim que forem pagos, volto a aceitar pedidos.',
  },
  statement: {
    heading: '*Extrato* {period}',
    toPay: 'A pagar: *{amount}*',
    inCredit: 'A seu favor: *{amount}*',
    settled: 'Nada a pagar.',
    movements: 'Últimos lançamentos',
    movement: '{date}: {what} {amount}',
    what: '{kind, select, CAPTURE {{number, select, none {mercadoria entregue} other {pedido {number}}}} PAYMENT {pagamento} PAYMENT_REVERSAL {pagamento devolvido} CREDIT_NOTE {nota de crédito} WRITE_OFF {perdoado} other {ajuste}}{reference, select, none {} other { ({reference})}}',
    none: 'Nada foi cobrado nem pago nesse período.',
    inPdf: 'Está tudo neste PDF.',
    file: 'Extrato {period}',
    tooLong: 'É muita coisa para um extrato só. Peça um período menor, por exemplo "extrato do mês passado".',
  },
  order: {
    line: '{position}. {product}, {quantity}{missing, select, none {} other { (faltam {missing})}}',
    moreLines: '{count, plural, one {e mais # linha} other {e mais # linhas}}',
    charged: 'Cobrado até agora: {amount}{due, select, none {} other {, vence em {due}}}.',
    kept: 'Guardamos {amount} do seu crédito para o que ainda vai chegar.',
  },
  why: {
    asked: '{when}: você pediu {amount}.',
    sum: 'Limite {limit} - devia {owed} - em pedidos {held}{orders, select, none {} other { ({orders})}}{granted, select, none {} other { + liberado {granted}}} = {available}.',
    order: 'pedido {number}',
    short: 'Faltavam *{short}*.',
    fits: '{number, select, none {Cabia, por isso foi aceito.} other {Cabia: o pedido *{number}* foi feito.}}',
    overdue:
      '{overdue, select, none {Havia um pagamento vencido} other {Havia *{overdue}* vencidos}}{since, select, none {} other { desde {since}}}, por isso o pedido não pôde ser feito.',
    onHold: 'Sua conta estava suspensa. {wholesaler} pode dizer o que falta.',
    inactive: 'Seu crédito não estava ativo. Peça a {wholesaler} para renovar.',
    otherwise: 'Naquele momento não deu, e não foi por falta de crédito. Tente de novo ou pergunte a {wholesaler}.',
    nothing: 'Nenhum pedido seu foi recusado.',
  },
  claim: {
    noted:
      'Obrigado. Avisei do seu pagamento de *{amount}*{method, select, none {} other { por {method}}}{reference, select, none {} other {, ref. {reference}}}. {wholesaler} vai conferir, e você recebe o recibo assim que for lançado.',
    again:
      '{state, select, open {Você já avisou deste pagamento em {date}: {wholesaler} ainda está conferindo.} recorded {Você já avisou deste pagamento em {date}, e ele está lançado.} other {Você já avisou deste pagamento em {date}, e {wholesaler} não o encontrou. Fale com eles, por favor.}}',
    howMuch: 'Quanto você pagou e como? Por exemplo "5000 por Pix, ref 123456".',
    photoNoted: 'Obrigado, {wholesaler} recebe a foto.',
    isItSlip:
      'É o comprovante de um pagamento? Então escreva quanto pagou. Pedido eu só leio por texto: escreva, por favor.',
    noSlip: 'Tudo bem. Escreva o que você precisa, por favor.',
    lapsed:
      '{photo, select, yes {Você não disse quanto pagou, então {wholesaler} vai olhar a foto que você mandou.} other {Você não disse quanto pagou, então não avisei nada.}}',
    refused:
      '{wholesaler} não conseguiu confirmar seu pagamento{amount, select, none {} other { de *{amount}*}}{reference, select, none {} other {, ref. {reference}}}: {reason}. Não foi lançado. Se você pagou, mande o comprovante ou outra referência.',
    method:
      '{method, select, cash {dinheiro} upi {UPI} transfer {transferência} mobile_money {Pix} card {cartão} cheque {cheque} other {{method}}}',
  },
  receipt: {
    received:
      'Pagamento recebido: *{amount}*{method, select, none {} other { por {method}}}{reference, select, none {} other {, ref. {reference}}}. Obrigado!',
    paidOff:
      '{order, select, none {Saldo anterior} other {Pedido *{order}*}}: {amount}{rest, select, none {, pago por inteiro} other {, faltam pagar {rest}}}',
    moreDebts: '{count, plural, one {e mais #} other {e mais #}}',
    kept: '{amount} ficam guardados para a próxima compra.',
    stands: 'Agora você deve {owed} e tem *{available}* de crédito.',
  },
  delivery: {
    whole:
      'O pedido *{number}* foi entregue. {amount} vão para a sua conta{due, select, none {} other {, vencem em {due}}}.',
    part: 'Parte do pedido *{number}* foi entregue. {amount} vão para a sua conta{due, select, none {} other {, vencem em {due}}}.',
    came: 'Entregue agora:',
    missing: 'Não chegou:',
    missingLine: '- {product}, {quantity}',
    missingAmount: 'mercadoria de {amount}',
    kept: 'Ainda vai chegar; guardamos {amount} do seu crédito para isso.',
    released: 'Não vai chegar e não é cobrado: {amount} voltaram para o seu crédito.',
  },
  cancellation: {
    byWholesaler: 'O pedido *{number}* ({amount}) foi cancelado por {wholesaler}: {reason}.',
    back: '{released} voltaram ao seu crédito: {available} livres.',
  },
  list: {
    heading: 'Produtos {from} a {to} de {count}:',
    howTo: 'Toque em um para pedir ou escreva o número.',
    narrow: 'Para ver menos, escreva "lista" e o que procura.',
    empty: 'No momento não há nada à venda.',
  },
};
