# Image of the service: built with all dependencies, shipped with the production dependencies.
FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json .tsconfig.build.json ./
COPY profiles/fsh-generated profiles/fsh-generated
COPY src src
RUN npm run build
RUN npm prune --omit=dev

FROM node:26-slim
# Listens on all interfaces of the container, so IMS_FHIR_API_KEY is required.
ENV NODE_ENV=production
ENV IMS_FHIR_HOST=0.0.0.0
ENV IMS_FHIR_PORT=8080
ENV IMS_FHIR_DATA=/home/node/data
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY profiles/fsh-generated profiles/fsh-generated
COPY package.json LICENSE NOTICE ./
USER node
# Created by the user that runs the service, so that a new volume is writable.
RUN mkdir -m 700 -p /home/node/data
VOLUME /home/node/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD node -e "fetch('http://127.0.0.1:' + process.env.IMS_FHIR_PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"
CMD ["node", "dist/cli/bin.js", "serve"]
