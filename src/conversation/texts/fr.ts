import type { Catalogue } from './catalogue.ts';
import { fr as money } from './money/fr.ts';

/** French, for shops in West and Central Africa, the Maghreb and France. */
export const fr: Catalogue = {
  couldNotProcess: 'Désolé, un problème chez nous m’a empêché de traiter votre message. Envoyez-le encore une fois.',
  quantity: '{shown} {unit}',
  comma: ',',
  semicolon: ';',
  goods: '{product}, {quantity}',
  buttons: {
    confirm: 'Confirmer',
    change: 'Modifier',
    cancel: 'Annuler',
    tryAgain: 'Réessayer',
    yes: 'Oui',
    leaveOut: 'Laisser de côté',
    choose: 'Choisir',
    cancelOrder: 'Oui, annuler',
    keepOrder: 'Non, garder',
  },
  proposal: {
    heading: 'Votre commande',
    line: '{position}. {product}, {quantity}{contents, select, none {} other { ({contents})}} - {total}',
    total: 'Total *{amount}*',
    waiting: 'Votre commande de *{amount}* n’est pas encore passée. Je la passe ?',
    waitingShort: 'Votre commande de *{amount}* reste ouverte : elle dépasse de {short} le crédit qui vous reste.',
    waitingBlocked: 'Votre commande de *{amount}* reste ouverte. Je ne peux pas la passer dans l’état de votre compte.',
    creditLeft: 'Crédit restant après : {left}',
    doesNotFit:
      'Il vous reste {available} de crédit (plafond {limit}, dû {owed}, en commande {held}) : cette commande dépasse de {short}.',
    accountBlocked:
      'Votre compte est suspendu, je ne peux pas passer la commande maintenant. {wholesaler} vous dira ce qu’il faut.',
    accountClosed: 'Votre compte de crédit est fermé, je ne peux pas passer la commande. Voyez avec {wholesaler}.',
    limitLapsed:
      'Votre limite de crédit a expiré, je ne peux pas passer la commande maintenant. {wholesaler} peut la renouveler ; je garde votre commande.',
    accountMissing: 'Vous n’avez pas encore de compte de crédit : {wholesaler} doit l’ouvrir avant la commande.',
    switchedOff: '{product} n’est pas en vente en ce moment, je l’ai laissé de côté.',
    outOfStock: '{product} est en rupture, je l’ai laissé de côté.',
    notSold: '{product} n’est plus dans notre liste, je l’ai laissé de côté.',
    notInCart: '{product} n’était pas dans votre commande.',
    tooManyLines:
      'Une commande ne prend pas plus de lignes : {count, plural, one {# ligne est laissée} other {# lignes sont laissées}} de côté. Envoyez-les dans une deuxième commande.',
    nothingLeft: 'Il ne reste rien dans la commande. Rien n’a été commandé.',
    empty: 'Il n’y a encore rien dans votre commande. Écrivez ce qu’il vous faut.',
    pricesChanged:
      'Des prix ont changé depuis que je vous ai montré cette commande. Rien n’est encore commandé : regardez à nouveau.',
    oldButton: 'Ce bouton est d’un ancien message, je n’ai donc rien fait. Voici où on en est.',
    sentLongAgo:
      'Votre message m’est arrivé en retard, je n’ai donc rien commandé. Regardez à nouveau et confirmez si vous le voulez toujours.',
    lapsed:
      'Votre commande précédente n’a pas été confirmée à temps, elle n’est pas passée. Je vous l’ai gardée ouverte.',
    addedToOpenOrder: 'Je l’ai mis avec la commande que vous aviez ouverte.',
    sentTwice: 'Vous l’avez envoyé deux fois, je le compte une fois.',
    howToChange:
      'Que dois-je modifier ? Par exemple « plutôt 5 {product} », « enlève {product} », ou écrivez ce qu’il faut ajouter.',
    notPlaced:
      'Pas commandé. Écrivez ce qu’il faut modifier, par exemple « enlève {product} », ou annulez toute la commande.',
    dropped: 'Annulé. Rien n’a été commandé.',
  },
  placing: {
    placed: 'Commande *{number}* passée. {amount} à crédit, il vous reste {left} de crédit.',
    alreadyPlaced: 'La commande *{number}* est déjà passée ({amount}). Rien n’a été commandé deux fois.',
    refusedShort:
      'Je ne peux pas passer cette commande : elle fait {amount} et il vous reste {available} de crédit (plafond {limit}, dû {owed}, en commande {held}). Il manque {short}.',
    refusedBlocked:
      'Je ne peux pas passer cette commande : votre compte est suspendu{owed, select, none {} other { (dû {owed}, en commande {held})}}. Parlez-en à {wholesaler} ; je garde votre commande.',
    refusedInactive:
      'Je ne peux pas passer cette commande : votre crédit n’est pas actif en ce moment. Demandez à {wholesaler} de le renouveler ; je garde votre commande.',
    refusedNoAccount:
      'Je ne peux pas passer cette commande : vous n’avez pas encore de compte de crédit. {wholesaler} doit l’ouvrir ; je garde votre commande.',
    refusedDuplicate:
      'Cette confirmation a déjà servi pour une autre commande, je n’ai donc rien commandé. Confirmez encore une fois.',
    refusedBusy: 'Votre compte est très occupé en ce moment, rien n’a été commandé. Réessayez dans un instant.',
    refusedBroken: 'Un problème est survenu chez nous et rien n’a été commandé. Réessayez dans un instant.',
    refusedAmount: 'Je ne peux pas passer une commande de {amount}. Modifiez-la, s’il vous plaît.',
    refusedOtherwise:
      'Je ne peux pas passer cette commande maintenant. Parlez-en à {wholesaler} ; je garde votre commande.',
    nothingToConfirm: 'Rien n’attend votre confirmation. Écrivez ce qu’il vous faut.',
    orderLapsed:
      'La commande *{number}* ({amount}) n’a pas été livrée à temps et a expiré : elle ne prend plus rien sur votre crédit. Écrivez ce qu’il vous faut pour commander à nouveau.',
    restLapsed:
      'Le reste de la commande *{number}* ({amount}) n’a pas été livré à temps et il est clos : il ne prend plus rien sur votre crédit. Écrivez ce qu’il vous faut pour commander à nouveau.',
  },
  questions: {
    noted: '{product}, {quantity} : noté.',
    notedMany: '{count, plural, one {# ligne notée} other {# lignes notées}}.',
    whichProduct: 'Lequel voulez-vous dire par « {words} »{quantity, select, none {} other { ({quantity})}} ?',
    whichToRemove: 'Lequel dois-je enlever pour « {words} » ?',
    option: '{position}. {product}{price, select, none {} other { - {price}}}',
    price: '{amount} par {unit}',
    didYouMean: 'Par « {words} »{quantity, select, none {} other { ({quantity})}}, voulez-vous dire {product} ?',
    howToAnswer: 'Touchez-en un, ou écrivez son numéro. « Non » le laisse de côté.',
    howMany: 'Combien de {product} ?{units, select, none {} other { Écrivez le nombre et {units}.}}',
    unknownProduct:
      'Je ne trouve pas « {words} »{quantity, select, none {} other { ({quantity})}} dans notre liste. Écrivez-le autrement, ou « non » pour le laisser de côté.',
    perhaps: 'Je ne trouve pas « {words} »{quantity, select, none {} other { ({quantity})}}. Est-ce l’un de ceux-ci ?',
    badQuantity:
      'Vous avez écrit {quantity} de {product}. Combien vous en faut-il ?{units, select, none {} other { Écrivez le nombre et {units}.}}',
    reallySoMany: '{quantity} de {product} : c’est bien cela ?',
    notAllowed:
      '{product} se vend {minimum, select, none {{step, select, none {par pièces entières} other {par {step}}}} other {à partir de {minimum}{step, select, none {} other {, par {step}}}}} ; vous avez écrit {asked}. Je mets {nearest} ?',
    leftOut: '« {words} » : laissé de côté.',
    lapsed: 'Je n’ai pas eu de réponse à temps pour « {words} », c’est donc laissé de côté pour l’instant.',
    oldChoice: 'Ce choix est d’une ancienne question, je n’ai donc rien fait.',
    tooManyQuestions:
      '{count, plural, one {# autre ligne n’était pas claire et est laissée de côté} other {# autres lignes n’étaient pas claires et sont laissées de côté}}. Renvoyez-les après celle-ci, s’il vous plaît.',
  },
  cancelling: {
    askWhetherToCancel: 'Annuler la commande *{number}*{amount, select, none {} other { ({amount})}} ?',
    cancelled: 'Commande *{number}* annulée. {released} reviennent sur votre crédit : {available} disponibles.',
    kept: 'La commande *{number}* reste comme elle est.',
    alreadyClosed:
      '{number, select, none {Cette commande est déjà close} other {La commande *{number}* est déjà {status, select, none {close} other {{status}}}}}, il n’y a donc rien à annuler.',
    delivered:
      '{number, select, none {Cette commande} other {La commande *{number}*}} a été livrée, on ne peut plus l’annuler.',
    notFound:
      '{number, select, none {Je ne trouve pas cette commande.} other {Je ne trouve pas la commande {number} parmi vos dernières.}}',
    nothing: 'Vous n’avez aucune commande à annuler.',
    lapsed: 'Vous n’avez pas dit s’il fallait annuler la commande *{number}*, elle reste donc.',
    sentLongAgo: 'Votre message m’est arrivé en retard, je n’ai donc encore rien annulé.',
  },
  account: {
    balance: 'Plafond {limit}, dû {owed}, en commande {held}. Disponible : *{available}*',
    blocked: 'Votre compte est suspendu pour les nouvelles commandes. {wholesaler} vous dira ce qu’il faut.',
    closed: 'Votre compte de crédit est fermé. Voyez avec {wholesaler}.',
    lapsed:
      'Votre limite de crédit a expiré, les nouvelles commandes doivent attendre. Demandez à {wholesaler} de la renouveler.',
    missing: 'Vous n’avez pas encore de compte de crédit. Demandez à {wholesaler} de l’ouvrir.',
    recentOrders: 'Vos dernières commandes',
    order: 'Commande *{number}*, {date} : {amount}, {status}',
    noOrders: 'Vous n’avez pas encore de commande.',
    status:
      '{status, select, waiting_for_approval {en attente d’approbation} waiting_on_credit {en attente de crédit} approved {passée} part_delivered {livrée en partie} delivered {livrée} cancelled {annulée} rejected {refusée} expired {expirée} other {{status}}}',
    explained:
      'Voici votre crédit en ce moment : plafond {limit} - dû {owed} - en commande {held} = {available}. Une commande plus grande est refusée.',
    paid: 'Merci. Je ne peux pas enregistrer de paiement dans ce chat ; {wholesaler} l’enregistre après vérification. D’ici là votre compte montre :',
  },
  talk: {
    greeting:
      'Bonjour {name} ! Écrivez ce qu’il vous faut{example, select, none {} other {, par exemple « {example} »}}. Je peux aussi vous dire votre solde et vos commandes.',
    help: `Pour commander, écrivez ce qu’il vous faut{example, select, none {.} other { : « {example} »}}
Pour modifier : « mets 5 », « enlève ... », « ajoute ... ». « Comme la dernière fois » répète votre dernière commande.
Aussi : « solde », « relevé », « mes commandes », « liste », « prix de ... », « annuler » ou « parler à une personne ».`,
    human: 'Je transmets : une personne de {wholesaler} sera prévenue que vous voulez parler.',
    complaint: 'Désolé pour cela. Je transmets : une personne de {wholesaler} va s’en occuper.',
    language: 'Je vous réponds en français. Vous pouvez aussi m’écrire dans d’autres langues.',
    stranger:
      'Bonjour{name, select, none {} other { {name}}}, ici la ligne de commande de {wholesaler}. Ce numéro n’est pas encore enregistré chez nous. Demandez à {wholesaler} de l’ajouter à votre boutique ; ensuite vous pourrez commander ici.',
    media: {
      voice: 'Je ne peux pas encore écouter les notes vocales. Écrivez votre commande, s’il vous plaît.',
      audio: 'Je ne peux pas écouter les enregistrements. Écrivez votre commande, s’il vous plaît.',
      image: 'Je ne peux pas encore lire les photos. Écrivez votre commande, s’il vous plaît.',
      video: 'Je ne peux pas regarder les vidéos. Écrivez votre commande, s’il vous plaît.',
      document: 'Je ne peux pas encore lire les documents. Écrivez votre commande, s’il vous plaît.',
      sticker: 'Sympa ! Pour commander, écrivez ce qu’il vous faut.',
    },
    cartLost: 'WhatsApp ne m’a pas transmis votre panier. Renvoyez-le, s’il vous plaît, ou écrivez ce qu’il vous faut.',
    tapLost:
      'WhatsApp ne m’a pas transmis votre choix. Touchez encore une fois, s’il vous plaît, ou écrivez votre réponse.',
    edited:
      'Vous avez modifié un message après l’avoir envoyé, et je travaille avec ce qu’il disait d’abord. Écrivez le changement dans un nouveau message, s’il vous plaît.',
    deleted:
      'Vous avez supprimé un message que j’ai déjà lu. Cela n’a rien changé : écrivez « annuler » pour annuler quelque chose, ou écrivez ce qu’il vous faut.',
    tooLong:
      'Ce message est trop long pour moi. Envoyez votre commande en plusieurs messages plus courts, s’il vous plaît.',
    unreadable: 'Je ne peux pas lire ce genre de message. Écrivez ce qu’il vous faut, s’il vous plaît.',
    notUnderstood:
      '{words, select, none {Je n’ai pas compris.} other {Je n’ai pas compris « {words} ».}} Écrivez ce qu’il vous faut, ou « aide ».',
    notUnderstoodAgain:
      '{words, select, none {Désolé, je ne comprends toujours pas.} other {Désolé, je ne comprends pas « {words} » non plus.}} Écrivez « aide » pour voir ce que je sais faire, ou « personne » pour parler à quelqu’un de {wholesaler}.',
    queryWhat: 'Sur quel produit voulez-vous savoir quelque chose ? Écrivez son nom.',
    queryUnknown: 'Je ne trouve pas « {words} » dans notre liste.',
    queryPrice:
      '{product} : {prices, select, none {} other {{prices}, }}{stock, select, low {il en reste peu} out {en rupture} off {pas en vente en ce moment} other {en stock}}',
    allRight: 'Très bien. Écrivez-moi quand il vous faut quelque chose.',
    repeatNothing: 'Vous n’avez pas de commande précédente à répéter. Écrivez ce qu’il vous faut.',
  },
  people: {
    awaitsLink:
      'Bonjour{name, select, none {} other { {name}}}, ici la ligne de commande de {wholesaler}. Vous écrivez d’un numéro ou d’un compte que nous ne connaissons pas encore. Avant de commander ici, {wholesaler} doit confirmer qu’il est à vous ; c’est signalé.',
    isItYours:
      'Quelqu’un nous écrit d’un numéro ou d’un compte WhatsApp que nous ne connaissons pas et qui est peut-être celui de votre boutique. Est-il à vous ? Si vous ne le connaissez pas, choisissez « Non » : il n’aura aucun accès. Une question ? Demandez à {wholesaler}.',
    ours: 'Oui, il est à nous',
    notOurs: 'Non',
    linkAnswered:
      '{outcome, select, confirmed {Merci. Le nouveau numéro ou compte peut désormais commander pour votre boutique.} refused {Merci de nous l’avoir dit. Il n’aura aucun accès à votre compte, et {wholesaler} voit votre réponse.} needs_staff {C’est à {wholesaler} de décider ; c’est signalé.} other {Cette question est déjà réglée.}}',
    linked: '{wholesaler} a confirmé que ce numéro est à vous. Vous pouvez commander ici : écrivez ce qu’il vous faut.',
    notLinked: 'Nous n’avons pas pu confirmer que ce numéro est à vous. Veuillez demander à {wholesaler}.',
    registered:
      'Bienvenue ! Vous êtes inscrit chez {wholesaler} sous le nom {shop}. Écrivez ce qu’il vous faut pour commander.',
    phoneKept: 'Merci, nous avons noté votre numéro.',
  },
  waiting: {
    fit: 'Ajuster à {amount}',
    fitPlain: 'Ajuster au crédit',
    askApproval: 'Demander l’accord',
    payFirst: 'Payer d’abord',
    person: 'Parler à quelqu’un',
    takeUp: 'Voir la commande',
    fitRow: 'Commander pour {amount}, laisser le reste',
    askRow: 'Je demande l’accord et vous donne la réponse',
    payRow: 'Je garde la commande et redemande après paiement',
    cancelRow: 'Rien n’est commandé',
    whatNow: 'Que dois-je faire ?',
    trimmed: 'Ajusté à votre crédit. Laissé de côté : {missing}.',
    forApproval:
      'La commande *{number}* ({amount}) attend un accord. Je vous préviens dès qu’il y a une réponse. Pour la retirer, écrivez « annuler {number} ».',
    onCredit:
      'Je garde la commande *{number}* ({amount}) et vous redemande dès que votre crédit le permet. Pour la retirer, écrivez « annuler {number} ».',
    still: 'La commande *{number}* ({amount}) : {status}. Je vous écris dès que cela change.',
    withdrawn: 'La commande *{number}* est retirée. Rien n’a été commandé.',
    fits: 'Bonne nouvelle : votre crédit suffit maintenant pour la commande *{number}*. Je la passe ? Voici les prix du jour.',
    fitsToo: 'Bonne nouvelle : votre crédit suffit maintenant pour la commande *{number}* ({amount}).',
    finishFirst: 'Vous avez une autre commande ouverte. Confirmez-la ou annulez-la d’abord, s’il vous plaît.',
    lapsed:
      'La commande *{number}* ({amount}) a attendu du crédit jusqu’au bout et a expiré. Rien n’a été commandé. Écrivez ce qu’il vous faut pour commander à nouveau.',
    notWaiting: 'Cette commande n’attend plus, donc rien n’a été passé.',
  },
  approvals: {
    approve: 'Accepter',
    reject: 'Refuser',
    ask: '{shop} demande la commande *{number}* de *{amount}* : {short} de plus que son crédit.\nPlafond {limit}, dû {owed}, en commande {held}.',
    overdue: 'En retard : {amount}',
    lastOrders: 'Dernières commandes',
    lastPayments: 'Derniers paiements',
    payment: '{date} : {amount}',
    noHistory: 'Ni commande ni paiement avant celle-ci.',
    youApproved: 'Accepté : la commande *{number}* de {shop} est passée, {amount} à crédit. La boutique est prévenue.',
    youRejected: 'Refusé : la commande *{number}* de {shop} n’est pas passée. La boutique est prévenue.',
    lockRefused:
      'Vous avez accepté la commande *{number}* de {shop}, mais elle n’a pas pu passer : {why, select, blocked {le compte est bloqué} inactive {le compte n’est pas actif} short {elle dépasse maintenant le crédit de plus que ce qui vous a été demandé} other {le contrôle du crédit l’a refusée}}. La boutique est prévenue.',
    decided:
      'La commande *{number}* de {shop} {outcome, select, approved {est déjà acceptée} rejected {est déjà refusée} refused {était acceptée, mais le contrôle du crédit l’a refusée} withdrawn {a été retirée par la boutique} other {a expiré sans réponse}}{by, select, none {} other { ({by})}}.',
    lapsedForApprover:
      'Personne n’a répondu à temps pour la commande *{number}* de {shop}, elle a donc expiré. La boutique est prévenue.',
    none: 'Aucune commande n’attend votre accord pour l’instant. Dès qu’il y en a une, je vous écris ici.',
    several:
      '{count, plural, one {# commande attend} other {# commandes attendent}} votre accord. Touchez sous celle que vous voulez, ou écrivez par exemple « accepter {number} ».',
    sentLongAgo: 'Votre message m’est arrivé en retard, rien n’est donc encore décidé.',
    approved:
      'Bonne nouvelle : la commande *{number}* est acceptée et passée. {amount} à crédit, il vous reste {left} de crédit.',
    rejected:
      'La commande *{number}* ({amount}) n’a pas été acceptée, elle n’est donc pas passée. Vous pouvez commander moins ou parler à {wholesaler}.',
    refused:
      'La commande *{number}* ({amount}) a été acceptée, mais elle ne peut pas passer dans l’état actuel de votre compte. Parlez à {wholesaler}, s’il vous plaît.',
    expired: 'Personne n’a pu voir la commande *{number}* ({amount}) à temps, elle n’est donc pas passée. Désolé !',
    askAgain: 'Commander à nouveau',
  },
  money,
  rules: {
    belowMinimum:
      'La commande minimum est de {minimum} : il manque {missing}. Ajoutez quelque chose{example, select, none {} other {, par exemple « ajoute {example} »}}.',
    closedRefused:
      'C’est fermé pour le moment, nous ne prenons pas de commandes{opens, select, none {} other { avant {opens}}}. Je vous garde celle-ci{opens, select, none {} other { : confirmez-la à ce moment-là}}.',
    openAgain:
      'Nous sommes de nouveau ouverts, et je vous ai gardé votre commande : la voici. Elle n’est pas encore passée.',
    closedTaken:
      'C’est fermé pour le moment : elle sera préparée {opens, select, none {à la réouverture} other {à partir de {opens}}}.',
    strangerAnnounced:
      'Bonjour{name, select, none {} other { {name}}}, ici la ligne de commande de {wholesaler}. Ce numéro n’est pas encore enregistré chez nous. J’ai prévenu {wholesaler} ; dès qu’il sera ajouté à votre boutique, vous pourrez commander ici.',
  },
  languages: {
    chosen: 'Je vous écris désormais en français.',
    which: 'Dans quelle langue dois-je écrire ?',
    button: 'Langues',
    writeOne: 'Je peux écrire en : {names}. Écrivez le nom de celle que vous voulez.',
    notOffered: 'Je ne peux pas écrire en {language}.',
  },
  older: {
    nothingDone: 'C’est une réponse à un ancien message, je n’ai donc rien fait.',
    more: '{count, plural, one {Il y a encore un produit} other {Il y a encore # produits}} : demandez-en moins à la fois.',
  },
  notices: {
    stopped:
      'C’est noté : vous ne recevez plus de rappels ni d’avis de {wholesaler}. Si vous écrivez, nous répondons, et vous restez informé de vos commandes. Écrivez START pour les recevoir à nouveau.',
    started:
      'C’est noté : vous recevez à nouveau les rappels et avis de {wholesaler}. Écrivez STOP si vous n’en voulez pas.',
    kept: 'La commande *{number}* reste ouverte : son crédit vous est gardé jusqu’au {until}.',
    notKept: 'La commande *{number}* n’attend plus, il n’y a donc rien à garder.',
  },
  staff: {
    botBack: 'L’assistant de commande de {wholesaler} est de retour. Écrivez ce qu’il vous faut.',
    botBackLate:
      'Désolé, personne chez {wholesaler} n’a encore pu vous répondre ; ils voient ce que vous avez écrit. En attendant, l’assistant de commande est de retour : écrivez ce qu’il vous faut.',
  },
  newcomers: {
    refused:
      '{wholesaler} n’a pas pu vous inscrire pour commander ici. Appelez-les si vous pensez que c’est une erreur.',
    askPhone:
      'Pour que {wholesaler} sache qui vous êtes : pouvez-vous nous donner votre numéro ? Touchez ci-dessous pour le partager.',
    phoneNoted: 'Merci. {wholesaler} a maintenant votre numéro et vous dira ici quand vous pourrez commander.',
  },
  units: {
    each: '{count, plural, one {pièce} other {pièces}}',
    piece: '{count, plural, one {pièce} other {pièces}}',
    case: '{count, plural, one {caisse} other {caisses}}',
    carton: '{count, plural, one {carton} other {cartons}}',
    box: '{count, plural, one {boîte} other {boîtes}}',
    crate: '{count, plural, one {casier} other {casiers}}',
    bag: '{count, plural, one {sac} other {sacs}}',
    sack: '{count, plural, one {sac} other {sacs}}',
    bale: '{count, plural, one {balle} other {balles}}',
    pack: '{count, plural, one {paquet} other {paquets}}',
    packet: '{count, plural, one {paquet} other {paquets}}',
    bundle: '{count, plural, one {botte} other {bottes}}',
    bottle: '{count, plural, one {bouteille} other {bouteilles}}',
    tin: '{count, plural, one {boîte} other {boîtes}}',
    can: '{count, plural, one {boîte} other {boîtes}}',
    jar: '{count, plural, one {bocal} other {bocaux}}',
    tub: '{count, plural, one {pot} other {pots}}',
    bucket: '{count, plural, one {seau} other {seaux}}',
    drum: '{count, plural, one {fût} other {fûts}}',
    tray: '{count, plural, one {plateau} other {plateaux}}',
    strip: '{count, plural, one {plaquette} other {plaquettes}}',
    roll: '{count, plural, one {rouleau} other {rouleaux}}',
    sheet: '{count, plural, one {feuille} other {feuilles}}',
    bar: '{count, plural, one {barre} other {barres}}',
    pair: '{count, plural, one {paire} other {paires}}',
    set: '{count, plural, one {lot} other {lots}}',
    dozen: '{count, plural, one {douzaine} other {douzaines}}',
    half: '{count, plural, one {moitié} other {moitiés}}',
  },
};
