// Who may import what: the table of the house style, checked. Data flows one way, from the webhook to the reply.

const features = ['inbox', 'conversation', 'catalogue', 'orders', 'credit', 'outbox', 'api', 'console'];

/** A feature may be entered through its index.ts, and for pure types through its types.ts. */
const throughIndexOnly = features.map((feature) => ({
  name: `${feature}-through-its-index`,
  comment: `Other folders use src/${feature}/index.ts (or types.ts, which is pure data).`,
  severity: 'error',
  from: { path: '^src/', pathNot: [`^src/${feature}/`, '^src/(app|main)\\.ts$'] },
  to: { path: `^src/${feature}/`, pathNot: `^src/${feature}/(index|types)\\.ts$` },
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
        pathNot: '^src/conversation/(conversation-handler|carry-out|read-people|save-conversations|index)\\.ts$',
      },
      to: {
        path: ['^src/(db|credit|orders|catalogue|whatsapp|http|generated)/', '^node:'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'whatsapp-stands-alone',
      comment: 'The wire format knows shared and the port types of inbox and outbox.',
      severity: 'error',
      from: { path: '^src/whatsapp/' },
      to: {
        path: '^src/',
        pathNot: ['^src/whatsapp/', '^src/shared/', '^src/(inbox|outbox)/types\\.ts$', '^src/http/'],
      },
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
