import type { TemplateTexts } from '../catalogue.ts';

const statement = 'Relevé de compte';
const paid = "J'ai payé";
const human = "Parler à quelqu'un";

export const fr: TemplateTexts = {
  payment_due_soon: {
    body: 'Bonjour {{shop}}, un petit rappel : *{{amount}}* est à payer pour le {{date}}. Si le paiement est déjà en route, merci beaucoup !',
    buttons: { statement, paid },
  },
  payment_overdue: {
    body: 'Bonjour {{shop}}, *{{amount}}* est à payer depuis le {{date}}. Merci de régler dès que possible, pour que vos commandes continuent de partir. Une erreur ? Répondez ici.',
    buttons: { statement, paid, human },
  },
  order_delivered: {
    body: 'Bonjour {{shop}}, la commande *{{order}}* est livrée : {{amount}} est porté à votre compte. Vous devez maintenant {{owed}} et il vous reste {{available}} de crédit. Merci !',
    buttons: {},
  },
  order_part_open: {
    body: 'Bonjour {{shop}}, une partie de la commande *{{order}}* est livrée : {{amount}} est porté à votre compte. Encore à venir : {{missing}}. Nous gardons {{held}} de votre crédit pour cela.',
    buttons: { human },
  },
  order_part_closed: {
    body: 'Bonjour {{shop}}, une partie de la commande *{{order}}* est livrée : {{amount}} est porté à votre compte. Ni livré ni facturé : {{missing}}. Il vous reste {{available}} de crédit.',
    buttons: { human },
  },
  order_cancelled: {
    body: "Bonjour {{shop}}, nous avons dû annuler la commande *{{order}}* de {{amount}} : {{reason}}. Rien n'est facturé, et il vous reste {{available}} de crédit. Une question ? Répondez ici.",
    buttons: { human },
  },
  payment_received: {
    body: 'Bonjour {{shop}}, nous avons bien reçu votre paiement de *{{amount}}*. Vous devez maintenant {{owed}} et il vous reste {{available}} de crédit. Merci !',
    buttons: { statement },
  },
  payment_bounced: {
    body: "Bonjour {{shop}}, votre paiement de *{{amount}}* du {{date}} n'a pas abouti : ce montant est donc de nouveau dû. Vous devez {{owed}} en tout. Répondez ici et nous trouverons une solution ensemble.",
    buttons: { statement, human },
  },
  limit_changed: {
    body: 'Bonjour {{shop}}, votre plafond de crédit est maintenant de *{{limit}}* ; il était de {{before}} avant. Il vous reste {{available}} pour commander.',
    buttons: { human },
  },
  account_blocked: {
    body: 'Bonjour {{shop}}, votre compte est suspendu : pour le moment, nous ne pouvons pas prendre de commande à crédit. Vous devez *{{owed}}*, dont {{overdue}} en retard. Répondez ici et nous trouverons une solution.',
    buttons: { statement, paid, human },
  },
  account_unblocked: {
    body: "Bonjour {{shop}}, bonne nouvelle : votre compte est de nouveau ouvert. Vous pouvez commander jusqu'à *{{available}}* dans votre plafond de {{limit}} dès maintenant.",
    buttons: {},
  },
  hold_expiring: {
    body: "Bonjour {{shop}}, la commande *{{order}}* de {{amount}} attend toujours. Nous pouvons vous garder ce crédit jusqu'au {{time}}. Voulez-vous toujours la commande ?",
    buttons: { keep: 'Oui, gardez-la', cancel: 'Annuler la commande' },
  },
  hold_expired: {
    body: "Bonjour {{shop}}, la commande *{{order}}* de {{amount}} n'a pas été finalisée à temps et a expiré. Rien n'est facturé, et il vous reste {{available}} de crédit. La voulez-vous toujours ?",
    buttons: { order_again: 'Commander à nouveau' },
  },
  order_fits: {
    body: 'Bonne nouvelle, {{shop}} : votre crédit suffit maintenant pour la commande *{{order}}* de {{amount}}. On la passe ? Touchez pour la voir aux prix du jour.',
    buttons: { show: 'Voir la commande', cancel: 'Annuler la commande' },
  },
  approval_request: {
    body: "Bonjour {{approver}}, {{shop}} demande la commande *{{order}}* de {{amount}}. C'est {{short}} de plus que le crédit qui lui reste : son plafond est de {{limit}}, il doit {{owed}} et {{held}} sont réservés. Prenons-nous la commande ?",
    buttons: { approve: 'Accepter', reject: 'Refuser' },
  },
  approval_granted: {
    body: 'Bonne nouvelle, {{shop}} : la commande *{{order}}* de {{amount}} est approuvée et enregistrée. Il vous reste {{available}} de crédit.',
    buttons: {},
  },
  approval_refused: {
    body: "Bonjour {{shop}}, la commande *{{order}}* de {{amount}} n'a pas été approuvée cette fois. Rien n'est facturé, et il vous reste {{available}} de crédit. Vous pouvez réduire la commande ou nous parler.",
    buttons: { change: 'Modifier la commande', human },
  },
  approval_expired: {
    body: "Bonjour {{shop}}, personne n'a pu examiner à temps la commande *{{order}}* de {{amount}} : elle n'est donc pas passée. Nous en sommes désolés. Faut-il redemander ?",
    buttons: { ask_again: 'Oui, redemandez', human },
  },
  statement_ready: {
    body: 'Bonjour {{shop}}, votre relevé de {{period}} est prêt. {{balance}}. Touchez ci-dessous et nous vous l’envoyons en PDF.',
    buttons: { send: 'Envoyez-le-moi' },
  },
  confirm_new_number: {
    body: "Bonjour {{shop}}, quelqu'un écrit depuis le {{number}} et dit faire partie de votre boutique. Est-ce exact ? Tant que vous n'avez pas répondu, cette personne ne voit rien de votre compte et ne peut rien commander.",
    buttons: { yes: "Oui, c'est nous", no: 'Non, pas chez nous' },
  },
};
