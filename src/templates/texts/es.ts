import type { TemplateTexts } from '../catalogue.ts';

const statement = 'Estado de cuenta';
const paid = 'Ya pagué';
const human = 'Hablar con alguien';

export const es: TemplateTexts = {
  payment_due_soon: {
    body: 'Hola {{shop}}, un recordatorio amable: *{{amount}}* vence el {{date}}. Si ya está en camino, ¡muchas gracias!',
    buttons: { statement, paid },
  },
  payment_overdue: {
    body: 'Hola {{shop}}, *{{amount}}* está vencido desde el {{date}}. Por favor páguelo en cuanto pueda, para que sus pedidos sigan saliendo. ¿Algo no cuadra? Responda aquí mismo.',
    buttons: { statement, paid, human },
  },
  order_delivered: {
    body: 'Hola {{shop}}, el pedido *{{order}}* está entregado: {{amount}} va a su cuenta. Ahora debe {{owed}} y le quedan {{available}} de crédito. ¡Gracias!',
    buttons: {},
  },
  order_part_open: {
    body: 'Hola {{shop}}, una parte del pedido *{{order}}* está entregada: {{amount}} va a su cuenta. Falta por llegar: {{missing}}. Le guardamos {{held}} de su crédito para eso.',
    buttons: { human },
  },
  order_part_closed: {
    body: 'Hola {{shop}}, una parte del pedido *{{order}}* está entregada: {{amount}} va a su cuenta. No se entregó ni se cobra: {{missing}}. Le quedan {{available}} de crédito.',
    buttons: { human },
  },
  order_cancelled: {
    body: 'Hola {{shop}}, tuvimos que cancelar el pedido *{{order}}* de {{amount}}: {{reason}}. No se cobra nada y le quedan {{available}} de crédito. ¿Alguna duda? Responda aquí mismo.',
    buttons: { human },
  },
  payment_received: {
    body: 'Hola {{shop}}, recibimos su pago de *{{amount}}*. Ahora debe {{owed}} y le quedan {{available}} de crédito. ¡Gracias!',
    buttons: { statement },
  },
  payment_bounced: {
    body: 'Hola {{shop}}, su pago de *{{amount}}* del {{date}} no se pudo cobrar, así que ese monto vuelve a estar pendiente. En total debe {{owed}} a la fecha. Responda aquí y lo resolvemos juntos.',
    buttons: { statement, human },
  },
  limit_changed: {
    body: 'Hola {{shop}}, su límite de crédito ahora es de *{{limit}}*; antes era de {{before}}. Le quedan {{available}} para pedir.',
    buttons: { human },
  },
  account_blocked: {
    body: 'Hola {{shop}}, su cuenta está en pausa y por ahora no podemos tomar pedidos a crédito. Debe *{{owed}}*, de los cuales {{overdue}} están vencidos. Responda aquí y buscamos una solución.',
    buttons: { statement, paid, human },
  },
  account_unblocked: {
    body: 'Hola {{shop}}, buenas noticias: su cuenta está abierta de nuevo. Puede pedir hasta *{{available}}* dentro de su límite de {{limit}} desde ahora.',
    buttons: {},
  },
  hold_expiring: {
    body: 'Hola {{shop}}, el pedido *{{order}}* de {{amount}} sigue pendiente. Podemos guardarle ese crédito hasta {{time}}. ¿Todavía quiere el pedido?',
    buttons: { keep: 'Sí, guárdenlo', cancel: 'Cancelar el pedido' },
  },
  hold_expired: {
    body: 'Hola {{shop}}, el pedido *{{order}}* de {{amount}} no se completó a tiempo y quedó sin efecto. No se cobró nada y le quedan {{available}} de crédito. ¿Todavía lo quiere?',
    buttons: { order_again: 'Pedirlo otra vez' },
  },
  order_fits: {
    body: 'Buenas noticias, {{shop}}: su crédito ya alcanza para el pedido *{{order}}* de {{amount}}. ¿Lo hacemos? Toque para verlo con los precios de hoy.',
    buttons: { show: 'Ver el pedido', cancel: 'Cancelar el pedido' },
  },
  approval_request: {
    body: 'Hola {{approver}}, {{shop}} solicita el pedido *{{order}}* de {{amount}}. Eso es {{short}} más de lo que le queda de crédito: su límite es {{limit}}, debe {{owed}} y tiene retenido {{held}}. ¿Tomamos el pedido?',
    buttons: { approve: 'Aprobar', reject: 'Rechazar' },
  },
  approval_granted: {
    body: 'Buenas noticias, {{shop}}: el pedido *{{order}}* de {{amount}} fue aprobado y está hecho. Le quedan {{available}} de crédito.',
    buttons: {},
  },
  approval_refused: {
    body: 'Hola {{shop}}, el pedido *{{order}}* de {{amount}} no fue aprobado esta vez. No se cobró nada y le quedan {{available}} de crédito. Puede reducir el pedido o hablar con nosotros.',
    buttons: { change: 'Cambiar el pedido', human },
  },
  approval_expired: {
    body: 'Hola {{shop}}, nadie pudo revisar a tiempo el pedido *{{order}}* de {{amount}}, así que no se hizo. Lo sentimos. ¿Preguntamos otra vez?',
    buttons: { ask_again: 'Sí, pregunten', human },
  },
  statement_ready: {
    body: 'Hola {{shop}}, su estado de cuenta de {{period}} está listo. {{balance}}. Toque abajo y se lo enviamos en PDF.',
    buttons: { send: 'Envíenmelo' },
  },
  confirm_new_number: {
    body: 'Hola {{shop}}, alguien escribe desde {{number}} y dice que es de su tienda. ¿Es correcto? Hasta que usted responda, no puede ver su cuenta ni pedir nada.',
    buttons: { yes: 'Sí, es de la tienda', no: 'No, no es nuestro' },
  },
};
