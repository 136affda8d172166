# One recipe for every service: `docker build --build-arg APP=articles .`
ARG NODE=node:26-bookworm-slim

# What npm reads, alone: dependencies are installed anew only when one of these files changes.
FROM ${NODE} AS manifests
WORKDIR /gatehouse
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json ! -name .npmrc -delete \
 && find . -type d -empty -delete

# The workspace with everything that building takes; docker compose mounts the source over it for development.
FROM ${NODE} AS workspace
WORKDIR /gatehouse
COPY --from=manifests /gatehouse ./
RUN --mount=type=cache,target=/root/.npm npm ci

FROM workspace AS build
COPY . .
ARG APP
RUN npx tsc -b apps/${APP}

# The app, the libraries it uses, and what those need to run: no other app, no source, no type, no other platform's binary.
FROM ${NODE} AS production
WORKDIR /gatehouse
COPY --from=manifests /gatehouse ./
ARG APP
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --workspace apps/${APP}
COPY --from=build /gatehouse/libs libs
COPY --from=build /gatehouse/apps/${APP}/dist apps/${APP}/dist
COPY deploy/docker/slim.mjs /
RUN node /slim.mjs ${APP}

# Not on the image of Node: a service needs no npm, nor what comes with it.
FROM debian:bookworm-slim
RUN apt-get update -qq \
 && apt-get install -qq -y --no-install-recommends libatomic1 \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
 && useradd --uid 1000 --no-create-home --shell /usr/sbin/nologin node
COPY --from=production /usr/local/bin/node /usr/local/bin/
COPY --from=production /gatehouse /gatehouse
ARG APP
WORKDIR /gatehouse/apps/${APP}
USER node
ENV HOST=0.0.0.0 PORT=3000
EXPOSE 3000
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
