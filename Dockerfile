# Built in two steps: the first has every tool, the second only what runs.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY scripts/generate-client.mjs scripts/generate-client.mjs
COPY prisma prisma
COPY prisma.config.ts ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY scripts scripts
# Prisma names its command line and TypeScript as optional peers; the service runs without either. Optional packages stay:
# the binaries of @node-rs/argon2, which hash passwords, are such.
RUN npm run build && npm prune --omit=dev --omit=peer

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build --chown=node:node /app/package.json ./package.json
COPY --from=build --chown=node:node /app/node_modules node_modules
COPY --from=build --chown=node:node /app/dist dist
COPY --from=build --chown=node:node /app/prisma prisma
USER node
EXPOSE 3000
# Migrations: docker run ... node dist/scripts/migrate.js; the shop: node dist/scripts/import.js FILE.json
CMD ["node", "dist/src/main.js"]
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
