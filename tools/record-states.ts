import { writeFileSync } from 'node:fs';
import type { ObjectValue } from '../sandbox/protocol/values';
import { completed } from '../sandbox/provider/normalize';
import { typesOf } from '../sandbox/provider/resource-type';
import { VAULT_FILES } from '../sandbox/vault/provider/files';
import { startProvider } from '../terraform/plugin/provider-process';
import { runScenario, withoutVarying } from './fidelity/states';
import { VAULT_OBJECTS } from './fidelity/vault-objects';
import { ProviderClient } from './provider-client';

const files = VAULT_FILES;

/** Times have whole seconds in some answers: the second run must not fall into the second of the first. */
const BETWEEN_RUNS_MS = 1100;

/**
 * Records what the real provider has in its states with a real server behind it, which `VAULT_ADDR` and `VAULT_TOKEN` name. What
 * differs between two runs is recorded as varying.
 */
async function record(executable: string): Promise<void> {
  const running = await startProvider(executable);
  const client = new ProviderClient(running.provider);
  try {
    await client.configure(completed(files.schema.provider.block, { skip_child_token: true }));
    const once = () => runScenario(client, typesOf(files), VAULT_OBJECTS);
    const first = await once();
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_RUNS_MS));
    const recorded = withoutVarying(
      first as unknown as ObjectValue,
      (await once()) as unknown as ObjectValue,
    ) as ObjectValue;
    const lines = Object.entries(recorded).map(
      ([label, answer]) => `  ${JSON.stringify(label)}: ${JSON.stringify(answer)}`,
    );
    const about = `"provider": "registry.terraform.io/hashicorp/${files.name}",\n "version": "${files.version}"`;
    writeFileSync(files.file('states'), `{\n ${about},\n "states": {\n${lines.join(',\n')}\n }\n}\n`);
  } finally {
    client.close();
    await running.stop();
  }
}

if (require.main === module) {
  const [executable] = process.argv.slice(2);
  if (executable === undefined) {
    process.stderr.write('usage: node dist/tools/record-states.js <executable of a provider>\n');
    process.exitCode = 64;
  } else {
    record(executable).catch((failure: Error) => {
      process.stderr.write(`${failure.message}\n`);
      process.exitCode = 1;
    });
  }
}
