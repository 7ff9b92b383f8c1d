import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { completed } from '../sandbox/provider/normalize';
import type { ProviderFiles } from '../sandbox/schemas/provider-files';
import { SIMULATED } from '../sandbox/simulated';
import { startProvider } from '../terraform/plugin/provider-process';
import { askFurther } from './fidelity/further';
import { ProviderClient } from './provider-client';

/** The files of the provider of an executable, which is named `terraform-provider-NAME_v1.2.3_x5`. */
function filesFor(executable: string): ProviderFiles {
  const name = /^terraform-provider-([a-z0-9-]+)/.exec(basename(executable))?.[1];
  const found = SIMULATED.find(({ files }) => files.name === name);
  if (found === undefined)
    throw new Error(
      `${executable}: must be named terraform-provider-… for a provider that the sandbox simulates`,
    );
  return found.files;
}

async function record(executable: string): Promise<void> {
  const files = filesFor(executable);
  const running = await startProvider(executable);
  const client = new ProviderClient(running.provider);
  try {
    await client.configure(completed(files.schema.provider.block, files.offline));
    const lines: string[] = [];
    for (const name of files.types.managed)
      lines.push(`  ${JSON.stringify(name)}: ${JSON.stringify(await askFurther(client, name))}`);
    const about = `"provider": "registry.terraform.io/hashicorp/${files.name}",\n "version": "${files.version}"`;
    writeFileSync(files.file('further'), `{\n ${about},\n "further": {\n${lines.join(',\n')}\n }\n}\n`);
  } finally {
    client.close();
    await running.stop();
  }
}

if (require.main === module) {
  const [executable] = process.argv.slice(2);
  if (executable === undefined) {
    process.stderr.write('usage: node dist/tools/record-schema.js <executable of a provider>\n');
    process.exitCode = 64;
  } else {
    record(executable).catch((failure: Error) => {
      process.stderr.write(`${failure.message}\n`);
      process.exitCode = 1;
    });
  }
}
