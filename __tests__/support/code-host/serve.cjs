// Serves GitHub's or GitLab's API in a process of its own, from the sources: node serve.cjs github|gitlab [port].
// It prints its address. GET /_requests tells what it was asked.
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  const options = {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  };
  module._compile(transformFileSync(file, options).code, file);
};

const [kind = 'github', port = '0'] = process.argv.slice(2);
const start =
  kind === 'gitlab' ? require('./gitlab-server.ts').startGitLab : require('./github-server.ts').startGitHub;
start({ port: Number(port) }).then(
  ({ url }) => process.stdout.write(`${url}\n`),
  (failure) => {
    process.stderr.write(`${failure.message}\n`);
    process.exitCode = 1;
  },
);
