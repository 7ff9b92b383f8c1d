// Serves a sandbox in a process of its own, from the sources: node serve.cjs <objects file> [faults file]
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  const options = {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  };
  module._compile(transformFileSync(file, options).code, file);
};

const { startSandbox } = require('../../sandbox/server.ts');

const [objectsFile, faultsFile = ''] = process.argv.slice(2);
startSandbox({ objectsFile, faultsFile }).then(
  (server) => process.stdout.write(`${server.environment.TF_REATTACH_PROVIDERS}\n`),
  (failure) => {
    process.stderr.write(`${failure.message}\n`);
    process.exitCode = 1;
  },
);
