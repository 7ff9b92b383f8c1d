import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { ProviderClient } from '../sandbox/protocol/client';
import { completed } from '../sandbox/provider/normalize';
import { AWS_FILES } from '../sandbox/schemas/files';
import { AWS_PROVIDER_VERSION, MANAGED_TYPES } from '../sandbox/schemas/types';
import { askFurther } from './fidelity/further';

/** What Terraform's public plugin handshake demands of whoever starts a provider. */
const HANDSHAKE = {
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '5,6',
};

/** Starts a provider's executable; its first line names where it listens: `1|5|unix|PATH|grpc|`. */
async function startProvider(
  executable: string,
): Promise<{ process: ChildProcess; environment: Record<string, string> }> {
  const child = spawn(executable, [], {
    env: { ...process.env, ...HANDSHAKE },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString().split('\n')[0] ?? ''));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${executable}: exit code ${code}`)));
  });
  const [, version, network, address] = line.split('|');
  const provider = {
    ProtocolVersion: Number(version),
    Addr: { Network: network, String: address },
  };
  return { process: child, environment: { TF_REATTACH_PROVIDERS: JSON.stringify({ provider }) } };
}

async function record(executable: string): Promise<void> {
  const provider = await startProvider(executable);
  const client = new ProviderClient(provider);
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
    provider.process.kill();
  }
}

if (require.main === module) {
  const [executable] = process.argv.slice(2);
  if (executable === undefined) {
    process.stderr.write('usage: node dist/sandbox/schemas/record.js <executable of the AWS provider>\n');
    process.exitCode = 64;
  } else {
    record(executable).catch((failure: Error) => {
      process.stderr.write(`${failure.message}\n`);
      process.exitCode = 1;
    });
  }
}
