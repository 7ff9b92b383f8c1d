// A registry of one image, for an engine whose network nothing else reaches: node registry.cjs ADDRESS PORT FOLDER
// The folder has `manifest.json`, and each blob under its digest without `sha256:`.
const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { join } = require('node:path');

const [address, port, folder] = process.argv.slice(2);
const manifest = readFileSync(join(folder, 'manifest.json'));
const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;

createServer(({ url }, response) => {
  const [, kind, name = ''] = /\/(manifests|blobs)\/(?:sha256:)?([0-9a-f]{64})$/.exec(url) ?? [];
  if (url === '/v2/') response.end('{}');
  else if (kind === 'manifests' && digest.endsWith(name))
    response
      .setHeader('Content-Type', 'application/vnd.docker.distribution.manifest.v2+json')
      .setHeader('Docker-Content-Digest', digest)
      .setHeader('Content-Length', manifest.length)
      .end(manifest);
  else if (kind === 'blobs' && existsSync(join(folder, name))) response.end(readFileSync(join(folder, name)));
  else response.writeHead(404).end('{"errors":[]}');
}).listen(Number(port), address);
