import { writeFileSync } from 'node:fs';
import { completed } from '../sandbox/provider/normalize';
import { AWS_FILES } from '../sandbox/schemas/files';
import { AWS_PROVIDER_VERSION, MANAGED_TYPES } from '../sandbox/schemas/types';
import { startProvider } from '../terraform/plugin/provider-process';
import { askFurther } from './fidelity/further';
import { ProviderClient } from './provider-client';

async function record(executable: string): Promise<void> {
  const running = await startProvider(executable);
  const client = new ProviderClient(running.provider);
  try {
    const offline = {
      region: 'us-east-1',
      access_key: 'unused',
      secret_key: 'unused',
      skip_credentials_validation: true,
      skip_requesting_account_id: true,
      skip_metadata_api_check: 'true',
    };
    await client.configure(completed(AWS_FILES.schema.provider.block, offline));
    const lines: string[] = [];
    for (const name of MANAGED_TYPES)
      lines.push(`  ${JSON.stringify(name)}: ${JSON.stringify(await askFurther(client, name))}`);
    const about = `"provider": "registry.terraform.io/hashicorp/aws",\n "version": "${AWS_PROVIDER_VERSION}"`;
    writeFileSync(AWS_FILES.file('further'), `{\n ${about},\n "further": {\n${lines.join(',\n')}\n }\n}\n`);
  } finally {
    client.close();
    await running.stop();
  }
}

if (require.main === module) {
  const [executable] = process.argv.slice(2);
  if (executable === undefined) {
    process.stderr.write('usage: node dist/tools/record-schema.js <executable of the AWS provider>\n');
    process.exitCode = 64;
  } else {
    record(executable).catch((failure: Error) => {
      process.stderr.write(`${failure.message}\n`);
      process.exitCode = 1;
    });
  }
}
