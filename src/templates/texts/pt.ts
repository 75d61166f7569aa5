import type { TemplateTexts } from '../catalogue.ts';

const statement = 'Extrato';
const paid = 'Já paguei';
const human = 'Falar com alguém';

export const pt: TemplateTexts = {
  payment_due_soon: {
    body: 'Olá {{shop}}, um lembrete amigo: *{{amount}}* vence em {{date}}. Se já está a caminho, muito obrigado!',
    buttons: { statement, paid },
  },
  payment_overdue: {
    body: 'Olá {{shop}}, *{{amount}}* está em atraso desde {{date}}. Por favor, pague assim que puder, para que seus pedidos continuem saindo. Algo não bate? É só responder aqui.',
    buttons: { statement, paid, human },
  },
  order_delivered: {
    body: 'Olá {{shop}}, o pedido *{{order}}* foi entregue: {{amount}} vai para a sua conta. Agora você deve {{owed}} e ainda tem {{available}} de crédito. Obrigado!',
    buttons: {},
  },
  order_part_open: {
    body: 'Olá {{shop}}, parte do pedido *{{order}}* foi entregue: {{amount}} vai para a sua conta. Ainda falta chegar: {{missing}}. Guardamos {{held}} do seu crédito para isso.',
    buttons: { human },
  },
  order_part_closed: {
    body: 'Olá {{shop}}, parte do pedido *{{order}}* foi entregue: {{amount}} vai para a sua conta. Não foi entregue nem cobrado: {{missing}}. Você ainda tem {{available}} de crédito.',
    buttons: { human },
  },
  order_cancelled: {
    body: 'Olá {{shop}}, tivemos que cancelar o pedido *{{order}}* de {{amount}}: {{reason}}. Nada foi cobrado e você tem {{available}} de crédito. Alguma dúvida? É só responder aqui.',
    buttons: { human },
  },
  payment_received: {
    body: 'Olá {{shop}}, recebemos seu pagamento de *{{amount}}*. Agora você deve {{owed}} e ainda tem {{available}} de crédito. Obrigado!',
    buttons: { statement },
  },
  payment_bounced: {
    body: 'Olá {{shop}}, seu pagamento de *{{amount}}* de {{date}} não foi compensado, por isso esse valor está em aberto de novo. No total você deve {{owed}} hoje. Responda aqui e resolvemos juntos.',
    buttons: { statement, human },
  },
  limit_changed: {
    body: 'Olá {{shop}}, seu limite de crédito agora é de *{{limit}}*; antes era de {{before}}. Você tem {{available}} para pedir.',
    buttons: { human },
  },
  account_blocked: {
    body: 'Olá {{shop}}, sua conta está suspensa e por enquanto não podemos aceitar pedidos a crédito. Você deve *{{owed}}*, dos quais {{overdue}} estão em atraso. Responda aqui e achamos uma solução.',
    buttons: { statement, paid, human },
  },
  account_unblocked: {
    body: 'Olá {{shop}}, boa notícia: sua conta está liberada de novo. Você pode pedir até *{{available}}* dentro do seu limite de {{limit}} a partir de agora.',
    buttons: {},
  },
  hold_expiring: {
    body: 'Olá {{shop}}, o pedido *{{order}}* de {{amount}} ainda está pendente. Podemos guardar esse crédito até {{time}}. Você ainda quer o pedido?',
    buttons: { keep: 'Sim, podem guardar', cancel: 'Cancelar o pedido' },
  },
  hold_expired: {
    body: 'Olá {{shop}}, o pedido *{{order}}* de {{amount}} não foi concluído a tempo e expirou. Nada foi cobrado e você tem {{available}} de crédito. Ainda quer o pedido?',
    buttons: { order_again: 'Pedir de novo' },
  },
  order_fits: {
    body: 'Boa notícia, {{shop}}: seu crédito já dá para o pedido *{{order}}* de {{amount}}. Podemos fazer? Toque para ver com os preços de hoje.',
    buttons: { show: 'Ver o pedido', cancel: 'Cancelar o pedido' },
  },
  approval_request: {
    body: 'Olá {{approver}}, {{shop}} quer fazer o pedido *{{order}}* de {{amount}}. São {{short}} a mais do que resta de crédito: o limite é {{limit}}, deve {{owed}} e tem reservado {{held}}. Aceitamos o pedido?',
    buttons: { approve: 'Aprovar', reject: 'Recusar' },
  },
  approval_granted: {
    body: 'Boa notícia, {{shop}}: o pedido *{{order}}* de {{amount}} foi aprovado e está feito. Você ainda tem {{available}} de crédito.',
    buttons: {},
  },
  approval_refused: {
    body: 'Olá {{shop}}, o pedido *{{order}}* de {{amount}} não foi aprovado desta vez. Nada foi cobrado e você tem {{available}} de crédito. Você pode diminuir o pedido ou falar com a gente.',
    buttons: { change: 'Mudar o pedido', human },
  },
  approval_expired: {
    body: 'Olá {{shop}}, ninguém conseguiu ver a tempo o pedido *{{order}}* de {{amount}}, por isso ele não foi feito. Desculpe! Perguntamos de novo?',
    buttons: { ask_again: 'Sim, perguntem', human },
  },
  statement_ready: {
    body: 'Olá {{shop}}, seu extrato de {{period}} está pronto. {{balance}}. Toque abaixo e enviamos em PDF.',
    buttons: { send: 'Enviar para mim' },
  },
  confirm_new_number: {
    body: 'Olá {{shop}}, alguém está escrevendo de {{number}} e diz que é da sua loja. Está certo? Até você responder, essa pessoa não vê sua conta nem faz pedidos.',
    buttons: { yes: 'Sim, é da loja', no: 'Não, não é nosso' },
  },
};
