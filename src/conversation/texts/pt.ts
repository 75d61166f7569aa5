import type { Catalogue } from './catalogue.ts';
import { pt as money } from './money/pt.ts';

/** Portuguese, for shops in Brazil, Angola and Mozambique. */
export const pt: Catalogue = {
  couldNotProcess:
    'Desculpe, algo deu errado do nosso lado e não consegui tratar a sua mensagem. Envie de novo, por favor.',
  quantity: '{shown} {unit}',
  comma: ',',
  semicolon: ';',
  goods: '{product}, {quantity}',
  buttons: {
    confirm: 'Confirmar',
    change: 'Mudar',
    cancel: 'Cancelar',
    tryAgain: 'Tentar de novo',
    yes: 'Sim',
    leaveOut: 'Deixar de fora',
    choose: 'Escolher',
    cancelOrder: 'Sim, cancelar',
    keepOrder: 'Não, manter',
  },
  proposal: {
    heading: 'Seu pedido',
    line: '{position}. {product}, {quantity}{contents, select, none {} other { ({contents})}} - {total}',
    total: 'Total *{amount}*',
    waiting: 'Seu pedido de *{amount}* ainda não foi feito. Posso confirmar?',
    waitingShort: 'Seu pedido de *{amount}* continua aberto: passa em {short} do crédito que resta.',
    waitingBlocked: 'Seu pedido de *{amount}* continua aberto. Não posso fazê-lo com a conta como está.',
    creditLeft: 'Crédito que resta depois: {left}',
    doesNotFit:
      'Seu crédito tem {available} livres (limite {limit}, deve {owed}, em pedidos {held}): este pedido passa em {short}.',
    accountBlocked: 'Sua conta está suspensa e agora não posso fazer o pedido. {wholesaler} pode dizer o que falta.',
    accountClosed: 'Sua conta de crédito está encerrada e não posso fazer o pedido. Fale com {wholesaler}.',
    limitLapsed:
      'Seu limite de crédito venceu e agora não posso fazer o pedido. {wholesaler} pode renová-lo; guardo o pedido.',
    accountMissing: 'Você ainda não tem conta de crédito: {wholesaler} precisa abrir uma antes do pedido.',
    switchedOff: '{product} não está à venda agora, por isso deixei de fora.',
    outOfStock: '{product} está em falta, por isso deixei de fora.',
    notSold: '{product} não está mais na nossa lista, por isso deixei de fora.',
    notInCart: '{product} não estava no seu pedido.',
    tooManyLines:
      'Um pedido não leva mais linhas: {count, plural, one {# linha ficou de fora} other {# linhas ficaram de fora}}. Envie num segundo pedido.',
    nothingLeft: 'Assim o pedido fica vazio. Nada foi pedido.',
    empty: 'Ainda não há nada no seu pedido. Escreva o que precisa.',
    pricesChanged: 'Os preços mudaram desde que mostrei este pedido. Nada foi pedido ainda: veja de novo, por favor.',
    oldButton: 'Esse botão é de uma mensagem antiga, por isso não fiz nada. Agora está assim.',
    sentLongAgo: 'Sua mensagem chegou tarde, por isso não pedi nada. Veja de novo e confirme se ainda quer.',
    lapsed: 'Seu pedido anterior não foi confirmado a tempo e não foi feito. Deixei-o aberto para você.',
    addedToOpenOrder: 'Juntei com o pedido que você tinha aberto.',
    sentTwice: 'Você enviou duas vezes, por isso conto uma só.',
    howToChange: 'O que mudo? Por exemplo "{product} passa para 5", "tira {product}", ou escreva o que acrescentar.',
    notPlaced: 'Não foi pedido. Escreva o que mudar, por exemplo "tira {product}", ou cancele o pedido todo.',
    dropped: 'Cancelado. Nada foi pedido.',
  },
  placing: {
    placed: 'Pedido *{number}* feito. {amount} a prazo; restam {left} de crédito.',
    alreadyPlaced: 'O pedido *{number}* já foi feito ({amount}). Nada foi pedido duas vezes.',
    refusedShort:
      'Não posso fazer este pedido: são {amount} e seu crédito tem {available} livres (limite {limit}, deve {owed}, em pedidos {held}). Faltam {short}.',
    refusedBlocked:
      'Não posso fazer este pedido: sua conta está suspensa{owed, select, none {} other { (deve {owed}, em pedidos {held})}}. Fale com {wholesaler}, por favor; guardo o pedido até lá.',
    refusedInactive:
      'Não posso fazer este pedido: seu crédito não está ativo no momento. Peça a {wholesaler} para renovar; guardo o pedido.',
    refusedNoAccount:
      'Não posso fazer este pedido: você ainda não tem conta de crédito. {wholesaler} precisa abrir uma; guardo o pedido.',
    refusedDuplicate: 'Esta confirmação já foi usada em outro pedido, por isso não pedi nada. Confirme mais uma vez.',
    refusedBusy: 'Sua conta está muito ocupada agora e nada foi pedido. Tente de novo daqui a pouco.',
    refusedBroken: 'Algo deu errado do nosso lado e nada foi pedido. Tente de novo daqui a pouco.',
    refusedAmount: 'Não posso fazer um pedido de {amount}. Mude-o, por favor.',
    refusedOtherwise: 'Não posso fazer este pedido agora. Fale com {wholesaler}, por favor; guardo o pedido.',
    nothingToConfirm: 'Não há nada à espera da sua confirmação. Escreva o que precisa.',
    orderLapsed:
      'O pedido *{number}* ({amount}) não foi entregue a tempo e venceu: não ocupa mais o seu crédito. Escreva o que precisa para pedir de novo.',
    restLapsed:
      'O resto do pedido *{number}* ({amount}) não foi entregue a tempo e foi encerrado: não ocupa mais o seu crédito. Escreva o que precisa para pedir de novo.',
  },
  questions: {
    noted: '{product}, {quantity}: anotado.',
    notedMany: '{count, plural, one {# linha anotada} other {# linhas anotadas}}.',
    whichProduct: 'Qual é "{words}"{quantity, select, none {} other { ({quantity})}}?',
    whichToRemove: 'Qual eu tiro por "{words}"?',
    option: '{position}. {product}{price, select, none {} other { - {price}}}',
    price: '{amount} por {unit}',
    didYouMean: 'Com "{words}"{quantity, select, none {} other { ({quantity})}} você quer dizer {product}?',
    howToAnswer: 'Toque em um ou escreva o número. "Não" deixa de fora.',
    howMany: 'Quanto quer de {product}?{units, select, none {} other { Escreva o número e {units}.}}',
    unknownProduct:
      'Não encontro "{words}"{quantity, select, none {} other { ({quantity})}} na nossa lista. Escreva de outro jeito, ou "não" para deixar de fora.',
    perhaps: 'Não encontro "{words}"{quantity, select, none {} other { ({quantity})}}. É um destes?',
    badQuantity:
      'Você escreveu {quantity} de {product}. Quanto precisa?{units, select, none {} other { Escreva o número e {units}.}}',
    reallySoMany: '{quantity} de {product}: está certo?',
    notAllowed:
      '{product} é vendido {minimum, select, none {{step, select, none {em peças inteiras} other {de {step} em {step}}}} other {a partir de {minimum}{step, select, none {} other {, de {step} em {step}}}}}; você escreveu {asked}. Posso colocar {nearest}?',
    leftOut: '"{words}": ficou de fora.',
    lapsed: 'Não tive resposta a tempo sobre "{words}", por isso ficou de fora por enquanto.',
    oldChoice: 'Essa escolha é de uma pergunta antiga, por isso não fiz nada.',
    tooManyQuestions:
      '{count, plural, one {Mais # linha não ficou clara para mim e está de fora} other {Mais # linhas não ficaram claras para mim e estão de fora}}. Envie de novo depois desta, por favor.',
  },
  cancelling: {
    askWhetherToCancel: 'Cancelo o pedido *{number}*{amount, select, none {} other { ({amount})}}?',
    cancelled: 'Pedido *{number}* cancelado. {released} voltaram ao seu crédito: {available} livres.',
    kept: 'O pedido *{number}* fica como está.',
    alreadyClosed:
      '{number, select, none {Esse pedido já está encerrado} other {O pedido *{number}* já está {status, select, none {encerrado} other {{status}}}}}, por isso não há o que cancelar.',
    delivered:
      '{number, select, none {Esse pedido} other {O pedido *{number}*}} já foi entregue e não pode ser cancelado.',
    notFound:
      '{number, select, none {Não encontro esse pedido.} other {Não encontro o pedido {number} entre os seus últimos.}}',
    nothing: 'Você não tem pedido que possa ser cancelado.',
    lapsed: 'Você não disse se cancelo o pedido *{number}*, por isso fica como está.',
    sentLongAgo: 'Sua mensagem chegou tarde, por isso ainda não cancelei nada.',
  },
  account: {
    balance: 'Limite {limit}, deve {owed}, em pedidos {held}. Livre: *{available}*',
    blocked: 'Sua conta está suspensa para novos pedidos. {wholesaler} pode dizer o que falta.',
    closed: 'Sua conta de crédito está encerrada. Fale com {wholesaler}.',
    lapsed: 'Seu limite de crédito venceu e novos pedidos precisam esperar. Peça a {wholesaler} para renovar.',
    missing: 'Você ainda não tem conta de crédito. Peça a {wholesaler} para abrir uma.',
    recentOrders: 'Seus últimos pedidos',
    order: 'Pedido *{number}*, {date}: {amount}, {status}',
    noOrders: 'Você ainda não tem pedidos.',
    status:
      '{status, select, waiting_for_approval {à espera de aprovação} waiting_on_credit {à espera de crédito} approved {feito} part_delivered {entregue em parte} delivered {entregue} cancelled {cancelado} rejected {recusado} expired {vencido} other {{status}}}',
    explained:
      'Seu crédito está assim: limite {limit} - deve {owed} - em pedidos {held} = {available}. Um pedido maior que isso é recusado.',
    paid: 'Obrigado. Não posso registrar pagamentos por este chat; {wholesaler} registra depois de conferir. Até lá sua conta mostra:',
  },
  talk: {
    greeting:
      'Olá, {name}! Escreva o que precisa{example, select, none {} other {, por exemplo "{example}"}}. Também digo o seu saldo e os seus pedidos.',
    help: `Para pedir, escreva o que precisa{example, select, none {.} other {: "{example}"}}
Para mudar: "passa para 5", "tira ...", "acrescenta ...". "O mesmo da última vez" repete o último pedido.
Também: "saldo", "extrato", "meus pedidos", "lista", "preço de ...", "cancelar" ou "falar com uma pessoa".`,
    human: 'Vou passar esta conversa: uma pessoa de {wholesaler} será avisada de que você quer falar.',
    complaint: 'Lamento o ocorrido. Vou passar adiante: uma pessoa de {wholesaler} vai ver isso.',
    language: 'Respondo em português. Você também pode escrever em outras línguas.',
    stranger:
      'Olá{name, select, none {} other {, {name}}}, esta é a linha de pedidos de {wholesaler}. Este número ainda não está registrado. Peça a {wholesaler} para adicioná-lo à sua loja; depois pode pedir aqui.',
    media: {
      voice: 'Ainda não consigo ouvir mensagens de voz. Escreva o pedido, por favor.',
      audio: 'Não consigo ouvir gravações. Escreva o pedido, por favor.',
      image: 'Ainda não consigo ler fotos. Escreva o pedido, por favor.',
      video: 'Não consigo ver vídeos. Escreva o pedido, por favor.',
      document: 'Ainda não consigo ler documentos. Escreva o pedido, por favor.',
      sticker: 'Boa! Para pedir, escreva o que precisa.',
    },
    cartLost: 'O WhatsApp não me passou o seu carrinho. Envie de novo, por favor, ou escreva o que precisa.',
    tapLost: 'O WhatsApp não me passou o seu toque. Toque de novo, por favor, ou escreva a resposta.',
    edited:
      'Você mudou uma mensagem depois de enviar, e eu trabalho com o que ela dizia primeiro. Escreva a mudança numa mensagem nova, por favor.',
    deleted:
      'Você apagou uma mensagem que eu já li. Isso não mudou nada: escreva "cancelar" para desfazer algo, ou escreva o que precisa.',
    tooLong: 'Essa mensagem é longa demais para mim. Envie o pedido em várias mais curtas, por favor.',
    unreadable: 'Não consigo ler este tipo de mensagem. Escreva o que precisa, por favor.',
    notUnderstood:
      '{words, select, none {Não entendi isso.} other {Não entendi "{words}".}} Escreva o que precisa, ou "ajuda".',
    notUnderstoodAgain:
      '{words, select, none {Desculpe, continuo sem entender.} other {Desculpe, também não entendo "{words}".}} Escreva "ajuda" para ver o que posso fazer, ou "pessoa" para falar com alguém de {wholesaler}.',
    queryWhat: 'De qual produto quer saber? Escreva o nome.',
    queryUnknown: 'Não encontro "{words}" na nossa lista.',
    queryPrice:
      '{product}: {prices, select, none {} other {{prices}, }}{stock, select, low {restam poucos} out {em falta} off {não está à venda agora} other {disponível}}',
    allRight: 'Tudo bem. Escreva quando precisar de algo.',
    repeatNothing: 'Você não tem pedido anterior para repetir. Escreva o que precisa.',
  },
  people: {
    awaitsLink:
      'Olá{name, select, none {} other { {name}}}, esta é a linha de pedidos de {wholesaler}. Você está escrevendo de um número ou de uma conta que ainda não conhecemos. Antes de pedir aqui, {wholesaler} precisa confirmar que é seu; já avisamos.',
    isItYours:
      'Alguém nos escreve de um número ou de uma conta do WhatsApp que não conhecemos e que pode ser da sua loja. É seu? Se não conhece, escolha "Não": não terá acesso. Dúvidas? Fale com {wholesaler}.',
    ours: 'Sim, é nosso',
    notOurs: 'Não',
    linkAnswered:
      '{outcome, select, confirmed {Obrigado. O novo número ou a nova conta já pode pedir para a sua loja.} refused {Obrigado por avisar. Não terá acesso à sua conta, e {wholesaler} pode ver a sua resposta.} needs_staff {Quem decide isto é {wholesaler}; já avisamos.} other {Esta pergunta já está resolvida.}}',
    linked: '{wholesaler} confirmou que este número é seu. Já pode pedir aqui: escreva o que precisa.',
    notLinked: 'Não conseguimos confirmar que este número é seu. Por favor, fale com {wholesaler}.',
    registered: 'Boas-vindas! {wholesaler} registrou a sua loja {shop}. Escreva o que precisa para pedir.',
    phoneKept: 'Obrigado, anotamos o seu número.',
  },
  waiting: {
    fit: 'Ajustar a {amount}',
    fitPlain: 'Ajustar ao crédito',
    askApproval: 'Pedir aprovação',
    payFirst: 'Pagar primeiro',
    person: 'Falar com alguém',
    takeUp: 'Ver o pedido',
    fitRow: 'Pedir {amount} e deixar o resto de fora',
    askRow: 'Peço permissão e aviso você da resposta',
    payRow: 'Guardo o pedido e pergunto quando você pagar',
    cancelRow: 'Nada é pedido',
    whatNow: 'O que eu faço?',
    trimmed: 'Ajustado ao seu crédito. Ficou de fora: {missing}.',
    forApproval:
      'O pedido *{number}* ({amount}) espera aprovação. Aviso assim que houver resposta. Para retirar, escreva "cancelar {number}".',
    onCredit:
      'Guardo o pedido *{number}* ({amount}) e pergunto de novo assim que seu crédito der. Para retirar, escreva "cancelar {number}".',
    still: 'O pedido *{number}* ({amount}) está assim: {status}. Escrevo assim que mudar.',
    withdrawn: 'O pedido *{number}* foi retirado. Nada foi pedido.',
    fits: 'Boa notícia: seu crédito já dá para o pedido *{number}*. Posso fazer? Estes são os preços de hoje.',
    fitsToo: 'Boa notícia: seu crédito já dá para o pedido *{number}* ({amount}).',
    finishFirst: 'Você tem outro pedido aberto. Confirme ou cancele esse primeiro, por favor.',
    lapsed:
      'O pedido *{number}* ({amount}) esperou crédito até onde podia e venceu. Nada foi pedido. Escreva o que precisa para pedir de novo.',
    notWaiting: 'Esse pedido não está mais esperando, então nada foi feito.',
  },
  approvals: {
    approve: 'Aprovar',
    reject: 'Recusar',
    ask: '{shop} quer o pedido *{number}* de *{amount}*: {short} a mais que o crédito.\nLimite {limit}, deve {owed}, em pedidos {held}.',
    overdue: 'Vencido: {amount}',
    lastOrders: 'Últimos pedidos',
    lastPayments: 'Últimos pagamentos',
    payment: '{date}: {amount}',
    noHistory: 'Sem pedidos ou pagamentos anteriores.',
    youApproved: 'Aprovado: o pedido *{number}* de {shop} está feito, {amount} a prazo. Eles já foram avisados.',
    youRejected: 'Recusado: o pedido *{number}* de {shop} não será feito. Eles já foram avisados.',
    lockRefused:
      'Você aprovou o pedido *{number}* de {shop}, mas não deu para fazer: {why, select, blocked {a conta está bloqueada} inactive {a conta não está ativa} short {agora passa do crédito mais do que foi perguntado a você} other {o controle de crédito recusou}}. Eles já foram avisados.',
    decided:
      'O pedido *{number}* de {shop} {outcome, select, approved {já foi aprovado} rejected {já foi recusado} refused {já foi aprovado, mas o controle de crédito recusou} withdrawn {foi retirado pela loja} other {venceu sem resposta}}{by, select, none {} other { ({by})}}.',
    lapsedForApprover:
      'Ninguém respondeu a tempo sobre o pedido *{number}* de {shop}, então ele venceu. Eles já foram avisados.',
    none: 'Nenhum pedido espera sua aprovação agora. Quando houver, escrevo aqui.',
    several:
      '{count, plural, one {# pedido espera} other {# pedidos esperam}} sua aprovação. Toque embaixo do que você quer, ou escreva por exemplo "aprovar {number}".',
    sentLongAgo: 'Sua mensagem chegou tarde, por isso nada foi decidido ainda.',
    approved: 'Boa notícia: o pedido *{number}* foi aprovado e feito. {amount} a prazo; restam {left} de crédito.',
    rejected:
      'O pedido *{number}* ({amount}) não foi aprovado, então não será feito. Você pode pedir menos ou falar com {wholesaler}.',
    refused:
      'O pedido *{number}* ({amount}) foi aprovado, mas não dá para fazer do jeito que sua conta está. Fale com {wholesaler}, por favor.',
    expired: 'Ninguém conseguiu ver o pedido *{number}* ({amount}) a tempo, então não será feito. Desculpe!',
    askAgain: 'Pedir de novo',
  },
  money,
  rules: {
    belowMinimum:
      'O pedido mínimo é de {minimum}: faltam {missing}. Acrescente algo{example, select, none {} other {, por exemplo "adicionar {example}"}}.',
    closedRefused:
      'Agora estamos fechados e não aceitamos pedidos{opens, select, none {} other { até {opens}}}. Guardei este para você{opens, select, none {} other {: confirme nessa hora}}.',
    openAgain: 'Já abrimos, e guardei seu pedido: aqui está. Ainda não foi feito.',
    closedTaken:
      'Agora estamos fechados: o pedido será preparado {opens, select, none {quando abrirmos} other {a partir de {opens}}}.',
    strangerAnnounced:
      'Olá{name, select, none {} other {, {name}}}, esta é a linha de pedidos de {wholesaler}. Este número ainda não está registrado. Já avisei {wholesaler}; assim que o adicionarem à sua loja, você pode pedir aqui.',
  },
  languages: {
    chosen: 'A partir de agora escrevo em português.',
    which: 'Em que língua devo escrever?',
    button: 'Línguas',
    writeOne: 'Posso escrever em: {names}. Escreva o nome da que prefere.',
    notOffered: 'Não consigo escrever em {language}.',
  },
  older: {
    nothingDone: 'Isso responde a uma mensagem antiga, por isso não fiz nada.',
    more: '{count, plural, one {Há mais um produto} other {Há mais # produtos}}: pergunte por menos de cada vez.',
  },
  notices: {
    stopped:
      'Pronto: você não recebe mais lembretes nem avisos de {wholesaler}. Se escrever, a gente responde, e continua avisando sobre os seus pedidos. Escreva START para receber de novo.',
    started: 'Pronto: você volta a receber lembretes e avisos de {wholesaler}. Escreva STOP se não quiser.',
    kept: 'O pedido *{number}* continua de pé: o crédito dele fica guardado até {until}.',
    notKept: 'O pedido *{number}* não está mais esperando, então não há o que guardar.',
  },
  staff: {
    botBack: 'O assistente de pedidos de {wholesaler} está de volta. Escreva o que precisa.',
    botBackLate:
      'Desculpe, ninguém de {wholesaler} conseguiu responder até agora; eles veem o que você escreveu. Enquanto isso, o assistente de pedidos voltou: escreva o que precisa.',
  },
  newcomers: {
    refused: '{wholesaler} não conseguiu cadastrar você para pedir por aqui. Se achar que é engano, ligue para eles.',
    askPhone: 'Para {wholesaler} saber quem é você: pode nos passar o seu telefone? Toque abaixo para compartilhar.',
    phoneNoted: 'Obrigado. {wholesaler} já tem o seu número e avisa aqui quando você puder pedir.',
  },
  units: {
    each: '{count, plural, one {unidade} other {unidades}}',
    piece: '{count, plural, one {peça} other {peças}}',
    case: '{count, plural, one {caixa} other {caixas}}',
    carton: '{count, plural, one {caixote} other {caixotes}}',
    box: '{count, plural, one {caixinha} other {caixinhas}}',
    crate: '{count, plural, one {grade} other {grades}}',
    bag: '{count, plural, one {saco} other {sacos}}',
    sack: '{count, plural, one {saca} other {sacas}}',
    bale: '{count, plural, one {fardo} other {fardos}}',
    pack: '{count, plural, one {pacote} other {pacotes}}',
    packet: '{count, plural, one {pacote} other {pacotes}}',
    bundle: '{count, plural, one {feixe} other {feixes}}',
    bottle: '{count, plural, one {garrafa} other {garrafas}}',
    tin: '{count, plural, one {lata} other {latas}}',
    can: '{count, plural, one {lata} other {latas}}',
    jar: '{count, plural, one {frasco} other {frascos}}',
    tub: '{count, plural, one {pote} other {potes}}',
    bucket: '{count, plural, one {balde} other {baldes}}',
    drum: '{count, plural, one {tambor} other {tambores}}',
    tray: '{count, plural, one {bandeja} other {bandejas}}',
    strip: '{count, plural, one {cartela} other {cartelas}}',
    roll: '{count, plural, one {rolo} other {rolos}}',
    sheet: '{count, plural, one {folha} other {folhas}}',
    bar: '{count, plural, one {barra} other {barras}}',
    pair: '{count, plural, one {par} other {pares}}',
    set: '{count, plural, one {jogo} other {jogos}}',
    dozen: '{count, plural, one {dúzia} other {dúzias}}',
    half: '{count, plural, one {metade} other {metades}}',
  },
};
