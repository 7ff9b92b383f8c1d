import { Processes, type RunResult } from '../../base/process';
import { GrpcClient } from './client';
import type { AttachedProvider } from './reattach';

/** The variables by which a provider's executable knows that Terraform has started it (terraform-plugin-go, `tf6server`). */
const HANDSHAKE = {
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '5,6',
};

const SHUTDOWN = '/plugin.GRPCController/Shutdown';

/** How long `stop` waits for the answer to `Shutdown`, and then for the end of the process, before it kills it. */
const STOP_TIMEOUT_MS = 2000;

/** A provider's executable that runs and serves. */
export interface ProviderProcess {
  readonly provider: AttachedProvider;
  /** Asks it to shut down, and kills it if it does not. */
  stop(): Promise<void>;
}

/**
 * Starts a provider's executable as Terraform does, but without TLS.
 *
 * @throws {Error} where it ends without a handshake, or its handshake is not one of a gRPC provider
 */
export async function startProvider(
  executable: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ProviderProcess> {
  const killer = new AbortController();
  let setFirstLine: (line: string) => void = () => {};
  const firstLine = new Promise<string>((resolve) => {
    setFirstLine = resolve;
  });
  const ended = new Processes().run({
    command: executable,
    args: [],
    cwd: process.cwd(),
    env: { ...env, ...HANDSHAKE },
    signal: killer.signal,
    onLine: (line, stream) => {
      if (stream === 'stdout') setFirstLine(line);
    },
  });
  const line = await Promise.race([
    firstLine,
    ended.then((result) => new Error(endWithoutHandshake(result))),
  ]);
  if (line instanceof Error) throw new Error(`${executable}: ${line.message}`);
  const provider = readHandshake(line);
  if (provider === undefined) {
    killer.abort();
    await ended;
    throw new Error(`${executable}: must print the handshake of a gRPC provider, got "${line}"`);
  }
  return { provider, stop: () => stop(provider, ended, killer) };
}

/**
 * The address in a provider's first line, `1|5|unix|/tmp/plugin123|grpc|`: the version of the handshake, that of the protocol,
 * network, address, and kind of service.
 */
export function readHandshake(line: string): AttachedProvider | undefined {
  const [core, version, network, address, service] = line.split('|');
  if (core !== '1' || (version !== '5' && version !== '6') || service !== 'grpc') return undefined;
  if ((network !== 'tcp' && network !== 'unix') || address === undefined || address === '') return undefined;
  return { protocolVersion: version === '5' ? 5 : 6, listen: { network, address } };
}

function endWithoutHandshake(result: RunResult): string {
  const how =
    result.kind === 'spawn-failed'
      ? `could not be started (${result.code})`
      : result.kind === 'killed'
        ? `was killed by ${result.signal}`
        : `exited with code ${result.exitCode}`;
  return `${how} before its handshake`;
}

async function stop(
  { listen }: AttachedProvider,
  ended: Promise<RunResult>,
  killer: AbortController,
): Promise<void> {
  const client = new GrpcClient(listen);
  // go-plugin stops its server at once, so that this call may end without an answer.
  await client.unary(SHUTDOWN, Buffer.alloc(0), { timeoutMs: STOP_TIMEOUT_MS }).catch(() => {});
  client.close();
  const timer = setTimeout(() => killer.abort(), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
