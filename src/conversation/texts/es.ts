import type { Catalogue } from './catalogue.ts';
import { es as money } from './money/es.ts';

/** Spanish, for shops from Mexico to Argentina: "usted", and words that all of them use. */
export const es: Catalogue = {
  couldNotProcess: 'Disculpe, algo falló de nuestro lado y no pude atender su mensaje. Por favor, envíelo otra vez.',
  quantity: '{shown} {unit}',
  comma: ',',
  semicolon: ';',
  goods: '{product}, {quantity}',
  buttons: {
    confirm: 'Confirmar',
    change: 'Cambiar',
    cancel: 'Cancelar',
    tryAgain: 'Intentar otra vez',
    yes: 'Sí',
    leaveOut: 'Quitarlo',
    choose: 'Elegir',
    cancelOrder: 'Sí, cancelarlo',
    keepOrder: 'No, dejarlo',
  },
  proposal: {
    heading: 'Su pedido',
    line: '{position}. {product}, {quantity}{contents, select, none {} other { ({contents})}} - {total}',
    total: 'Total *{amount}*',
    waiting: 'Su pedido de *{amount}* todavía no está hecho. ¿Lo confirmo?',
    waitingShort: 'Su pedido de *{amount}* sigue abierto: supera en {short} el crédito que le queda.',
    waitingBlocked: 'Su pedido de *{amount}* sigue abierto. No puedo hacerlo tal como está su cuenta.',
    creditLeft: 'Crédito que le queda después: {left}',
    doesNotFit:
      'Le quedan {available} de crédito (límite {limit}, debe {owed}, en pedidos {held}): este pedido se pasa por {short}.',
    accountBlocked: 'Su cuenta está en pausa y ahora no puedo hacer el pedido. {wholesaler} le dirá qué hace falta.',
    accountClosed: 'Su cuenta de crédito está cerrada y no puedo hacer el pedido. Consulte con {wholesaler}.',
    limitLapsed:
      'Su límite de crédito venció y ahora no puedo hacer el pedido. {wholesaler} puede renovarlo; yo le guardo el pedido.',
    accountMissing:
      'Todavía no tiene cuenta de crédito: {wholesaler} tiene que abrirla antes de que yo haga el pedido.',
    switchedOff: '{product} no está a la venta ahora, así que lo quité.',
    outOfStock: '{product} está agotado, así que lo quité.',
    notSold: '{product} ya no está en nuestra lista, así que lo quité.',
    notInCart: '{product} no estaba en su pedido.',
    tooManyLines:
      'En un pedido no caben más líneas: {count, plural, one {quedó fuera # línea} other {quedaron fuera # líneas}}. Mándelas en un segundo pedido.',
    nothingLeft: 'Así su pedido queda vacío. No se pidió nada.',
    empty: 'Todavía no hay nada en su pedido. Escriba lo que necesita.',
    pricesChanged:
      'Los precios cambiaron desde que le mostré este pedido. Todavía no se pidió nada: revíselo, por favor.',
    oldButton: 'Ese botón es de un mensaje anterior, así que no hice nada. Así está ahora.',
    sentLongAgo:
      'Su mensaje me llegó tarde, así que no pedí nada. Revíselo, por favor, y confirme si todavía lo quiere.',
    lapsed: 'Su pedido anterior no se confirmó a tiempo y no está hecho. Se lo guardé abierto.',
    addedToOpenOrder: 'Lo junté con el pedido que tenía abierto.',
    sentTwice: 'Lo mandó dos veces, así que lo cuento una.',
    howToChange: '¿Qué cambio? Por ejemplo "{product} que sean 5", "quite {product}", o escriba qué agregar.',
    notPlaced: 'No se pidió. Escriba qué cambiar, por ejemplo "quite {product}", o cancele todo el pedido.',
    dropped: 'Cancelado. No se pidió nada.',
  },
  placing: {
    placed: 'Pedido *{number}* hecho. {amount} a crédito; le quedan {left} disponibles.',
    alreadyPlaced: 'El pedido *{number}* ya está hecho ({amount}). No se pidió nada dos veces.',
    refusedShort:
      'No puedo hacer este pedido: son {amount} y le quedan {available} de crédito (límite {limit}, debe {owed}, en pedidos {held}). Le faltan {short}.',
    refusedBlocked:
      'No puedo hacer este pedido: su cuenta está en pausa{owed, select, none {} other { (debe {owed}, en pedidos {held})}}. Hable con {wholesaler}, por favor; yo le guardo el pedido.',
    refusedInactive:
      'No puedo hacer este pedido: su crédito no está activo por ahora. Pídale a {wholesaler} que lo renueve; yo le guardo el pedido.',
    refusedNoAccount:
      'No puedo hacer este pedido: todavía no tiene cuenta de crédito. {wholesaler} tiene que abrirla; yo le guardo el pedido.',
    refusedDuplicate:
      'Esta confirmación ya se usó para otro pedido, así que no pedí nada. Confirme otra vez, por favor.',
    refusedBusy: 'Su cuenta está muy ocupada en este momento y no se pidió nada. Intente otra vez en un momento.',
    refusedBroken: 'Algo falló de nuestro lado y no se pidió nada. Intente otra vez en un momento.',
    refusedAmount: 'No puedo hacer un pedido de {amount}. Cámbielo, por favor.',
    refusedOtherwise: 'Ahora no puedo hacer este pedido. Hable con {wholesaler}, por favor; yo le guardo el pedido.',
    nothingToConfirm: 'No hay nada esperando su confirmación. Escriba lo que necesita.',
    orderLapsed:
      'El pedido *{number}* ({amount}) no se entregó a tiempo y venció: ya no le ocupa crédito. Escriba lo que necesita para pedir de nuevo.',
    restLapsed:
      'El resto del pedido *{number}* ({amount}) no se entregó a tiempo y queda cerrado: ya no le ocupa crédito. Escriba lo que necesita para pedir de nuevo.',
  },
  questions: {
    noted: '{product}, {quantity}: anotado.',
    notedMany: '{count, plural, one {# línea anotada} other {# líneas anotadas}}.',
    whichProduct: '¿Cuál es "{words}"{quantity, select, none {} other { ({quantity})}}?',
    whichToRemove: '¿Cuál quito por "{words}"?',
    option: '{position}. {product}{price, select, none {} other { - {price}}}',
    price: '{amount} por {unit}',
    didYouMean: '¿Con "{words}"{quantity, select, none {} other { ({quantity})}} quiere decir {product}?',
    howToAnswer: 'Toque uno o escriba su número. Con "no" queda fuera.',
    howMany: '¿Cuánto quiere de {product}?{units, select, none {} other { Escriba el número y {units}.}}',
    unknownProduct:
      'No encuentro "{words}"{quantity, select, none {} other { ({quantity})}} en nuestra lista. Escríbalo de otra forma, o "no" para dejarlo fuera.',
    perhaps: 'No encuentro "{words}"{quantity, select, none {} other { ({quantity})}}. ¿Es uno de estos?',
    badQuantity:
      'Escribió {quantity} de {product}. ¿Cuánto necesita?{units, select, none {} other { Escriba el número y {units}.}}',
    reallySoMany: '{quantity} de {product}: ¿es correcto?',
    notAllowed:
      '{product} se vende {minimum, select, none {{step, select, none {por piezas enteras} other {de {step} en {step}}}} other {desde {minimum}{step, select, none {} other {, de {step} en {step}}}}}; escribió {asked}. ¿Le pongo {nearest}?',
    leftOut: '"{words}": queda fuera.',
    lapsed: 'No tuve respuesta a tiempo sobre "{words}", así que por ahora queda fuera.',
    oldChoice: 'Esa opción es de una pregunta anterior, así que no hice nada.',
    tooManyQuestions:
      '{count, plural, one {Otra línea no me quedó clara y está fuera} other {Otras # líneas no me quedaron claras y están fuera}}. Mándelas otra vez después de esto, por favor.',
  },
  cancelling: {
    askWhetherToCancel: '¿Cancelo el pedido *{number}*{amount, select, none {} other { ({amount})}}?',
    cancelled: 'Pedido *{number}* cancelado. Vuelven {released} a su crédito: {available} disponibles.',
    kept: 'El pedido *{number}* queda como está.',
    alreadyClosed:
      '{number, select, none {Ese pedido ya está cerrado} other {El pedido *{number}* ya está {status, select, none {cerrado} other {{status}}}}}, así que no hay nada que cancelar.',
    delivered: '{number, select, none {Ese pedido} other {El pedido *{number}*}} ya se entregó y no se puede cancelar.',
    notFound:
      '{number, select, none {No encuentro ese pedido.} other {No encuentro el pedido {number} entre sus últimos pedidos.}}',
    nothing: 'No tiene ningún pedido que se pueda cancelar.',
    lapsed: 'No me dijo si cancelar el pedido *{number}*, así que queda como está.',
    sentLongAgo: 'Su mensaje me llegó tarde, así que todavía no cancelé nada.',
  },
  account: {
    balance: 'Límite {limit}, debe {owed}, en pedidos {held}. Disponible: *{available}*',
    blocked: 'Su cuenta está en pausa para pedidos nuevos. {wholesaler} le dirá qué hace falta.',
    closed: 'Su cuenta de crédito está cerrada. Consulte con {wholesaler}.',
    lapsed:
      'Su límite de crédito venció y los pedidos nuevos tienen que esperar. Pídale a {wholesaler} que lo renueve.',
    missing: 'Todavía no tiene cuenta de crédito. Pídale a {wholesaler} que la abra.',
    recentOrders: 'Sus últimos pedidos',
    order: 'Pedido *{number}*, {date}: {amount}, {status}',
    noOrders: 'Todavía no tiene pedidos.',
    status:
      '{status, select, waiting_for_approval {esperando aprobación} waiting_on_credit {esperando crédito} approved {hecho} part_delivered {entregado en parte} delivered {entregado} cancelled {cancelado} rejected {rechazado} expired {vencido} other {{status}}}',
    explained:
      'Así está su crédito ahora: límite {limit} - debe {owed} - en pedidos {held} = {available}. Un pedido mayor que eso se rechaza.',
    paid: 'Gracias. Desde este chat no puedo registrar pagos; {wholesaler} los anota cuando los revisa. Mientras tanto su cuenta muestra:',
  },
  talk: {
    greeting:
      '¡Hola, {name}! Escriba lo que necesita{example, select, none {} other {, por ejemplo "{example}"}}. También le digo su saldo y sus pedidos.',
    help: `Para pedir, escriba lo que necesita{example, select, none {.} other {: "{example}"}}
Para cambiar: "que sean 5", "quite ...", "agregue ...". "Lo mismo de la última vez" repite su último pedido.
También: "saldo", "estado de cuenta", "mis pedidos", "lista", "precio de ...", "cancelar" o "hablar con una persona".`,
    human: 'Paso este chat: avisaré a una persona de {wholesaler} que usted quiere hablar.',
    complaint: 'Lamento lo ocurrido. Paso el aviso: una persona de {wholesaler} lo va a revisar.',
    language: 'Le contesto en español. Puede escribirme también en otros idiomas.',
    stranger:
      'Hola{name, select, none {} other {, {name}}}, esta es la línea de pedidos de {wholesaler}. Este número todavía no está registrado. Pídale a {wholesaler} que lo agregue a su tienda y podrá pedir aquí.',
    media: {
      voice: 'Todavía no puedo escuchar notas de voz. Escriba su pedido, por favor.',
      audio: 'No puedo escuchar grabaciones. Escriba su pedido, por favor.',
      image: 'Todavía no puedo leer fotos. Escriba su pedido, por favor.',
      video: 'No puedo ver videos. Escriba su pedido, por favor.',
      document: 'Todavía no puedo leer documentos. Escriba su pedido, por favor.',
      sticker: '¡Qué bueno! Para pedir, escriba lo que necesita.',
    },
    cartLost: 'WhatsApp no me pasó su carrito. Envíelo otra vez, por favor, o escriba lo que necesita.',
    tapLost: 'WhatsApp no me pasó lo que tocó. Tóquelo otra vez, por favor, o escriba su respuesta.',
    edited:
      'Usted cambió un mensaje después de enviarlo, y yo trabajo con lo que decía primero. Escriba el cambio en un mensaje nuevo, por favor.',
    deleted:
      'Usted borró un mensaje que ya leí. Con eso no cambió nada: escriba "cancelar" para anular algo, o escriba lo que necesita.',
    tooLong: 'Ese mensaje es demasiado largo para mí. Envíe su pedido en varios más cortos, por favor.',
    unreadable: 'No puedo leer este tipo de mensaje. Escriba lo que necesita, por favor.',
    notUnderstood:
      '{words, select, none {No entendí eso.} other {No entendí "{words}".}} Escriba lo que necesita, o "ayuda".',
    notUnderstoodAgain:
      '{words, select, none {Disculpe, sigo sin entender.} other {Disculpe, "{words}" tampoco lo entiendo.}} Escriba "ayuda" para ver qué puedo hacer, o "persona" para hablar con alguien de {wholesaler}.',
    queryWhat: '¿De qué producto quiere saber? Escriba su nombre.',
    queryUnknown: 'No encuentro "{words}" en nuestra lista.',
    queryPrice:
      '{product}: {prices, select, none {} other {{prices}, }}{stock, select, low {quedan pocos} out {agotado} off {no está a la venta ahora} other {disponible}}',
    allRight: 'Muy bien. Escríbame cuando necesite algo.',
    repeatNothing: 'No tiene un pedido anterior que repetir. Escriba lo que necesita.',
  },
  people: {
    awaitsLink:
      'Hola{name, select, none {} other { {name}}}, esta es la línea de pedidos de {wholesaler}. Escribe desde un número o una cuenta que aún no conocemos. Antes de que pueda pedir aquí, {wholesaler} tiene que confirmar que es suyo; ya les avisamos.',
    isItYours:
      'Alguien nos escribe desde un número o una cuenta de WhatsApp que no conocemos y que puede ser de su tienda. ¿Es suyo? Si no lo conoce, elija "No": no tendrá acceso. ¿Dudas? Pregunte a {wholesaler}.',
    ours: 'Sí, es nuestro',
    notOurs: 'No',
    linkAnswered:
      '{outcome, select, confirmed {Gracias. El número o la cuenta nueva ya puede pedir para su tienda.} refused {Gracias por avisar. No tendrá acceso a su cuenta, y {wholesaler} puede ver su respuesta.} needs_staff {Esto lo tiene que decidir {wholesaler}; ya les avisamos.} other {Esta pregunta ya está resuelta.}}',
    linked: '{wholesaler} confirmó que este número es suyo. Ya puede pedir aquí: escriba lo que necesita.',
    notLinked: 'No pudimos confirmar que este número sea suyo. Pregunte a {wholesaler}, por favor.',
    registered: '¡Le damos la bienvenida! {wholesaler} registró su tienda {shop}. Escriba lo que necesita para pedir.',
    phoneKept: 'Gracias, anotamos su número.',
  },
  waiting: {
    fit: 'Ajustar a {amount}',
    fitPlain: 'Ajustar a mi crédito',
    askApproval: 'Pedir aprobación',
    payFirst: 'Pagar primero',
    person: 'Hablar con alguien',
    takeUp: 'Ver el pedido',
    fitRow: 'Pedir por {amount} y dejar el resto',
    askRow: 'Pido permiso y le aviso de la respuesta',
    payRow: 'Guardo el pedido y le pregunto cuando haya pagado',
    cancelRow: 'No se pide nada',
    whatNow: '¿Qué hago?',
    trimmed: 'Ajustado a su crédito. Queda fuera: {missing}.',
    forApproval:
      'El pedido *{number}* ({amount}) espera aprobación. Le aviso en cuanto haya respuesta. Para retirarlo, escriba "cancelar {number}".',
    onCredit:
      'Guardo el pedido *{number}* ({amount}) y le pregunto de nuevo en cuanto su crédito alcance. Para retirarlo, escriba "cancelar {number}".',
    still: 'El pedido *{number}* ({amount}) está así: {status}. Le escribo en cuanto cambie.',
    withdrawn: 'El pedido *{number}* queda retirado. No se pidió nada.',
    fits: 'Buenas noticias: su crédito ya alcanza para el pedido *{number}*. ¿Lo hago? Estos son los precios de hoy.',
    fitsToo: 'Buenas noticias: su crédito ya alcanza para el pedido *{number}* ({amount}).',
    finishFirst: 'Tiene otro pedido abierto. Confírmelo o cancélelo primero, por favor.',
    lapsed:
      'El pedido *{number}* ({amount}) esperó crédito todo lo posible y venció. No se pidió nada. Escriba lo que necesita para pedir de nuevo.',
    notWaiting: 'Ese pedido ya no está en espera, así que no se hizo nada.',
  },
  approvals: {
    approve: 'Aprobar',
    reject: 'Rechazar',
    ask: '{shop} quiere hacer el pedido *{number}* por *{amount}*: {short} más de lo que le queda de crédito.\nLímite {limit}, debe {owed}, en pedidos {held}.',
    overdue: 'Vencido: {amount}',
    lastOrders: 'Últimos pedidos',
    lastPayments: 'Últimos pagos',
    payment: '{date}: {amount}',
    noHistory: 'Sin pedidos ni pagos anteriores.',
    youApproved: 'Aprobado: el pedido *{number}* de {shop} está hecho, {amount} a crédito. Ya se les avisó.',
    youRejected: 'Rechazado: el pedido *{number}* de {shop} no se hace. Ya se les avisó.',
    lockRefused:
      'Usted aprobó el pedido *{number}* de {shop}, pero no se pudo hacer: {why, select, blocked {la cuenta está en pausa} inactive {la cuenta no está activa} short {ahora supera el crédito en más de lo que se le preguntó} other {el control de crédito lo rechazó}}. Ya se les avisó.',
    decided:
      'El pedido *{number}* de {shop} {outcome, select, approved {ya fue aprobado} rejected {ya fue rechazado} refused {ya fue aprobado, pero el control de crédito lo rechazó} withdrawn {fue retirado por la tienda} other {venció sin respuesta}}{by, select, none {} other { ({by})}}.',
    lapsedForApprover:
      'Nadie respondió a tiempo sobre el pedido *{number}* de {shop}, así que venció. Ya se les avisó.',
    none: 'Ningún pedido espera su aprobación ahora. Cuando lo haya, le escribo aquí.',
    several:
      '{count, plural, one {# pedido espera} other {# pedidos esperan}} su aprobación. Toque debajo del que quiera, o escriba por ejemplo "aprobar {number}".',
    sentLongAgo: 'Su mensaje me llegó tarde, así que todavía no se decidió nada.',
    approved:
      'Buenas noticias: el pedido *{number}* está aprobado y hecho. {amount} a crédito; le quedan {left} disponibles.',
    rejected:
      'El pedido *{number}* ({amount}) no fue aprobado, así que no se hace. Puede pedir menos o hablar con {wholesaler}.',
    refused:
      'El pedido *{number}* ({amount}) fue aprobado, pero no se puede hacer tal como está su cuenta. Hable con {wholesaler}, por favor.',
    expired: 'Nadie pudo ver a tiempo el pedido *{number}* ({amount}), así que no se hace. ¡Disculpe!',
    askAgain: 'Pedirlo otra vez',
  },
  money,
  rules: {
    belowMinimum:
      'El pedido mínimo es de {minimum}: faltan {missing}. Agregue algo{example, select, none {} other {, por ejemplo "agregar {example}"}}.',
    closedRefused:
      'Ahora está cerrado y no tomamos pedidos{opens, select, none {} other { hasta el {opens}}}. Le guardo este{opens, select, none {} other {: confírmelo entonces}}.',
    openAgain: 'Ya abrimos, y le guardé su pedido: aquí está. Todavía no está hecho.',
    closedTaken:
      'Ahora está cerrado: se preparará {opens, select, none {cuando volvamos a abrir} other {a partir del {opens}}}.',
    strangerAnnounced:
      'Hola{name, select, none {} other {, {name}}}, esta es la línea de pedidos de {wholesaler}. Este número todavía no está registrado. Ya avisé a {wholesaler}; en cuanto lo agreguen a su tienda podrá pedir aquí.',
  },
  languages: {
    chosen: 'Desde ahora le escribo en español.',
    which: '¿En qué idioma le escribo?',
    button: 'Idiomas',
    writeOne: 'Puedo escribir en: {names}. Escriba el nombre del que prefiera.',
    notOffered: 'No puedo escribir en {language}.',
  },
  older: {
    nothingDone: 'Eso responde a un mensaje anterior, así que no hice nada.',
    more: '{count, plural, one {Hay un producto más} other {Hay # productos más}}: pregunte por menos a la vez.',
  },
  notices: {
    stopped:
      'Listo: ya no recibirá recordatorios ni avisos de {wholesaler}. Si escribe, le respondemos, y le seguimos informando de sus pedidos. Escriba START para recibirlos de nuevo.',
    started: 'Listo: vuelve a recibir recordatorios y avisos de {wholesaler}. Escriba STOP si no los quiere.',
    kept: 'El pedido *{number}* sigue en pie: guardamos su crédito hasta el {until}.',
    notKept: 'El pedido *{number}* ya no está en espera, así que no hay nada que guardar.',
  },
  staff: {
    botBack: 'Aquí está otra vez el asistente de pedidos de {wholesaler}. Escriba lo que necesita.',
    botBackLate:
      'Disculpe, nadie de {wholesaler} pudo responderle todavía, pero ven lo que escribió. Mientras tanto vuelve el asistente de pedidos: escriba lo que necesita.',
  },
  newcomers: {
    refused: '{wholesaler} no pudo registrar su tienda para pedir aquí. Si cree que es un error, llámelos.',
    askPhone: 'Para que {wholesaler} sepa quién es usted: ¿nos da su número de teléfono? Toque abajo para compartirlo.',
    phoneNoted: 'Gracias. {wholesaler} ya tiene su número y le avisará aquí cuando pueda pedir.',
  },
  units: {
    each: '{count, plural, one {unidad} other {unidades}}',
    piece: '{count, plural, one {pieza} other {piezas}}',
    case: '{count, plural, one {caja} other {cajas}}',
    carton: '{count, plural, one {cartón} other {cartones}}',
    box: '{count, plural, one {cajita} other {cajitas}}',
    crate: '{count, plural, one {jaba} other {jabas}}',
    bag: '{count, plural, one {bolsa} other {bolsas}}',
    sack: '{count, plural, one {saco} other {sacos}}',
    bale: '{count, plural, one {fardo} other {fardos}}',
    pack: '{count, plural, one {paquete} other {paquetes}}',
    packet: '{count, plural, one {paquete} other {paquetes}}',
    bundle: '{count, plural, one {atado} other {atados}}',
    bottle: '{count, plural, one {botella} other {botellas}}',
    tin: '{count, plural, one {lata} other {latas}}',
    can: '{count, plural, one {lata} other {latas}}',
    jar: '{count, plural, one {frasco} other {frascos}}',
    tub: '{count, plural, one {pote} other {potes}}',
    bucket: '{count, plural, one {balde} other {baldes}}',
    drum: '{count, plural, one {tambor} other {tambores}}',
    tray: '{count, plural, one {bandeja} other {bandejas}}',
    strip: '{count, plural, one {tira} other {tiras}}',
    roll: '{count, plural, one {rollo} other {rollos}}',
    sheet: '{count, plural, one {hoja} other {hojas}}',
    bar: '{count, plural, one {barra} other {barras}}',
    pair: '{count, plural, one {par} other {pares}}',
    set: '{count, plural, one {juego} other {juegos}}',
    dozen: '{count, plural, one {docena} other {docenas}}',
    half: '{count, plural, one {mitad} other {mitades}}',
  },
};
