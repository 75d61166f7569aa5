import type { Messages } from '../catalogue.ts';
import type { MoneyTexts } from './types.ts';

export const es: Messages<MoneyTexts> = {
  buttons: {
    statement: 'Estado de cuenta',
    paid: 'Ya pagué',
    human: 'Hablar con alguien',
    slip: 'Sí, es un pago',
    noSlip: 'No',
    more: 'Ver más',
  },
  balance: {
    overdue: 'Vencido: *{amount}*, desde el {date}.',
    dueNext: 'Próximo pago: {amount}, el {date}.',
    paidAhead: 'Pagado por adelantado: {amount}.',
    stops:
      'Hay *{amount}* vencidos desde el {date} y por eso no puedo hacer el pedido ahora. En cuanto estén pagados, vuelvo a tomar pedidos.',
  },
  statement: {
    heading: '*Estado de cuenta* {period}',
    toPay: 'Por pagar: *{amount}*',
    inCredit: 'A su favor: *{amount}*',
    settled: 'No debe nada.',
    movements: 'Últimos movimientos',
    movement: '{date}: {what} {amount}',
    what: '{kind, select, CAPTURE {{number, select, none {mercancía entregada} other {pedido {number}}}} PAYMENT {pago} PAYMENT_REVERSAL {pago devuelto} CREDIT_NOTE {nota de crédito} WRITE_OFF {condonado} other {ajuste}}{reference, select, none {} other { ({reference})}}',
    none: 'No hubo cargos ni pagos en este tiempo.',
    inPdf: 'Todo el detalle está en este PDF.',
    file: 'Estado de cuenta {period}',
    tooLong:
      'Es demasiado para un solo estado de cuenta. Pida menos tiempo, por ejemplo "estado de cuenta del mes pasado".',
  },
  order: {
    line: '{position}. {product}, {quantity}{missing, select, none {} other { (faltan {missing})}}',
    moreLines: '{count, plural, one {y # línea más} other {y # líneas más}}',
    charged: 'Cargado hasta ahora: {amount}{due, select, none {} other {, vence el {due}}}.',
    kept: 'Le guardamos {amount} de su crédito para lo que falta por llegar.',
  },
  why: {
    asked: 'El {when} usted pidió {amount}.',
    sum: 'Límite {limit} - debía {owed} - en pedidos {held}{orders, select, none {} other { ({orders})}}{granted, select, none {} other { + autorizado {granted}}} = {available}.',
    order: 'pedido {number}',
    short: 'Faltaban *{short}*.',
    fits: '{number, select, none {Cabía, y se aceptó.} other {Cabía: el pedido *{number}* quedó hecho.}}',
    overdue:
      '{overdue, select, none {Había un pago vencido} other {Había *{overdue}* vencidos}}{since, select, none {} other { desde el {since}}}, por eso no se pudo hacer el pedido.',
    onHold: 'Su cuenta estaba en pausa. {wholesaler} le dirá qué hace falta.',
    inactive: 'Su crédito no estaba activo. Pida a {wholesaler} que lo renueve.',
    otherwise: 'En ese momento no se pudo hacer, y no por falta de crédito. Pruebe de nuevo o pregunte a {wholesaler}.',
    nothing: 'Ninguno de sus pedidos fue rechazado.',
  },
  claim: {
    noted:
      'Gracias. Pasé el aviso de su pago de *{amount}*{method, select, none {} other { por {method}}}{reference, select, none {} other {, ref. {reference}}}. {wholesaler} lo revisa y le llega el recibo en cuanto quede anotado.',
    again:
      '{state, select, open {Ya me avisó de este pago el {date}: {wholesaler} todavía lo está revisando.} recorded {Ya me avisó de este pago el {date}, y está anotado.} other {Ya me avisó de este pago el {date}, y {wholesaler} no lo encontró. Por favor hable con ellos.}}',
    howMuch: '¿Cuánto pagó y cómo? Por ejemplo "5000 por transferencia, ref 123456".',
    photoNoted: 'Gracias, {wholesaler} recibe la foto.',
    isItSlip:
      '¿Es el comprobante de un pago? Entonces escriba cuánto pagó. Un pedido no lo puedo leer en una foto: escríbalo, por favor.',
    noSlip: 'Está bien. Escriba lo que necesita, por favor.',
    lapsed:
      '{photo, select, yes {No me dijo cuánto pagó, así que {wholesaler} mirará la foto que mandó.} other {No me dijo cuánto pagó, así que no pasé ningún aviso.}}',
    refused:
      '{wholesaler} no pudo confirmar su pago{amount, select, none {} other { de *{amount}*}}{reference, select, none {} other {, ref. {reference}}}: {reason}. No está anotado. Si pagó, mande el comprobante u otra referencia.',
    method:
      '{method, select, cash {efectivo} upi {UPI} transfer {transferencia} mobile_money {pago móvil} card {tarjeta} cheque {cheque} other {{method}}}',
  },
  receipt: {
    received:
      'Pago recibido: *{amount}*{method, select, none {} other { por {method}}}{reference, select, none {} other {, ref. {reference}}}. ¡Gracias!',
    paidOff:
      '{order, select, none {Saldo anterior} other {Pedido *{order}*}}: {amount}{rest, select, none {, pagado del todo} other {, faltan {rest} por pagar}}',
    moreDebts: '{count, plural, one {y # más} other {y # más}}',
    kept: '{amount} quedan a su favor para lo próximo que compre.',
    stands: 'Ahora debe {owed} y le quedan *{available}* de crédito.',
  },
  delivery: {
    whole:
      'El pedido *{number}* está entregado. {amount} van a su cuenta{due, select, none {} other {, vencen el {due}}}.',
    part: 'Una parte del pedido *{number}* está entregada. {amount} van a su cuenta{due, select, none {} other {, vencen el {due}}}.',
    came: 'Entregado ahora:',
    missing: 'No llegó:',
    missingLine: '- {product}, {quantity}',
    missingAmount: 'mercancía por {amount}',
    kept: 'Todavía viene; le guardamos {amount} de su crédito para eso.',
    released: 'No va a llegar y no se cobra: {amount} vuelven a su crédito.',
  },
  cancellation: {
    byWholesaler: 'El pedido *{number}* ({amount}) fue cancelado por {wholesaler}: {reason}.',
    back: 'Vuelven {released} a su crédito: {available} disponibles.',
  },
  list: {
    heading: 'Productos {from} a {to} de {count}:',
    howTo: 'Toque uno para pedirlo o escriba su número.',
    narrow: 'Para ver menos, escriba "lista" y lo que busca.',
    empty: 'Por ahora no hay nada a la venta.',
  },
};
