// Who may import what: the table of the house style, checked. Data flows one way, from the webhook to the reply.

const features = [
  'alerts',
  'approvals',
  'audit',
  'media',
  'inbox',
  'notices',
  'payments',
  'chats',
  'people',
  'conversation',
  'catalogue',
  'orders',
  'credit',
  'outbox',
  'settings',
  'staff',
  'trace',
  'api',
  'console',
  'what-if',
];

/** A feature may be entered through its index.ts, and for pure data through its types.ts and what is pure over it. */
const throughIndexOnly = features.map((feature) => ({
  name: `${feature}-through-its-index`,
  comment: `Other folders use src/${feature}/index.ts (or what is pure: types.ts, outbox/reply-*.ts, rules of orders, quantities of the conversation).`,
  severity: 'error',
  from: { path: '^src/', pathNot: [`^src/${feature}/`, '^src/(app|main)\\.ts$'] },
  to: {
    path: `^src/${feature}/`,
    pathNot: `^src/${feature}/(index|types|reply-fit|reply-words|lifecycle|quantities|quantity-rules|trim-to-fit)\\.ts$`,
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Imports at run time form no circle.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-knows-no-feature',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: '^src/', pathNot: '^src/shared/' },
    },
    {
      name: 'parser-is-pure',
      comment: 'The parser knows nothing but itself and shared.',
      severity: 'error',
      from: { path: '^src/parser/' },
      to: { path: ['^src/', '^node:', '^node_modules/'], pathNot: ['^src/parser/', '^src/shared/'] },
    },
    {
      name: 'transition-is-pure',
      comment: 'Decisions of the conversation touch no database, network or clock.',
      severity: 'error',
      from: {
        path: '^src/conversation/',
        pathNot:
          '^src/conversation/(conversation-handler|busy-accounts|call-staff|carry-out|carry-out-asked|carry-out-orders|look-up|read-facts|statement-files|meet-people|notice-wishes|read-debts|read-wholesaler|read-quoted|save-conversations|index)\\.ts$',
      },
      to: {
        path: [
          '^src/(db|credit|orders|approvals|payments|catalogue|people|audit|whatsapp|http|alerts|media|generated)/',
          '^node:',
        ],
        pathNot: '^src/orders/(lifecycle|quantity-rules|trim-to-fit)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'whatsapp-stands-alone',
      comment: 'The wire format knows shared and the port types of inbox, outbox and media.',
      severity: 'error',
      from: { path: '^src/whatsapp/' },
      to: {
        path: '^src/',
        pathNot: ['^src/whatsapp/', '^src/shared/', '^src/(inbox|outbox|media)/types\\.ts$', '^src/http/'],
      },
    },
    {
      name: 'templates-are-pure',
      comment: 'Templates are words and rules; only the command that compares them with the account talks to Meta.',
      severity: 'error',
      from: { path: '^src/templates/', pathNot: '^src/templates/(run-templates|compare)\\.ts$' },
      to: { path: ['^src/', '^node:'], pathNot: ['^src/(templates|shared)/', '^src/outbox/types\\.ts$'] },
    },
    {
      name: 'db-knows-no-feature',
      severity: 'error',
      from: { path: '^src/db/' },
      to: { path: '^src/', pathNot: ['^src/db/', '^src/shared/', '^src/generated/'] },
    },
    {
      name: 'credit-is-the-bottom',
      comment: 'Money knows nobody above it.',
      severity: 'error',
      from: { path: '^src/credit/' },
      to: {
        path: '^src/',
        pathNot: ['^src/credit/', '^src/shared/', '^src/db/', '^src/generated/', '^src/config\\.ts$'],
      },
    },
    {
      name: 'alerts-know-no-feature',
      comment: 'Any feature may raise an alert, so alerts depend on none but the audit.',
      severity: 'error',
      from: { path: '^src/alerts/' },
      to: { path: '^src/', pathNot: ['^src/alerts/', '^src/audit/', '^src/shared/', '^src/db/'] },
    },
    {
      name: 'no-simulator-in-production',
      comment: 'The simulator is loaded by demo, dev, bench and tests only.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/simulator/' },
      to: { path: '^src/simulator/' },
    },
    {
      name: 'only-generated-client-through-db',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(db|generated)/' },
      to: { path: '^src/generated/' },
    },
    {
      name: 'product-needs-no-dev-tool',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/simulator/', '^src/db/embedded'] },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'properties-are-seeded',
      comment: 'A property found red must be red again: tests take fast-check with its seed.',
      severity: 'error',
      from: { path: '^(src|scripts|tests)/', pathNot: '^tests/support/properties\\.ts$' },
      to: { path: '^node_modules/fast-check/' },
    },
    ...throughIndexOnly,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/generated/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js'],
    },
  },
};
