import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { endStream } from './dropped-stream';
import { Faults, readFaults } from './faults';
import { ObjectLog } from './objects';
import { CALLS, type Call } from './protocol/messages';
import { callPath } from './protocol/wire';
import { DroppedStream } from './provider/fault-injector';
import { ProviderService } from './provider/service';
import { AWS_PROVIDER_VERSION } from './schemas/types';

export interface SandboxServer {
  /** Variables which attach a Terraform child: TF_REATTACH_PROVIDERS, … */
  readonly environment: Readonly<Record<string, string>>;
  /** For display: `hashicorp/aws 5.100.0`. */
  readonly providers: readonly string[];
  /** Waits for calls that are under way, stops serving and gives the object log free. */
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** The object log, for example `sandbox.out/objects.jsonl`; made where it is missing. */
  readonly objectsFile: string;
  /** Failures to inject. @default - the file that KAKEHASHI_SANDBOX_FAULTS names, else none */
  readonly faultsFile?: string;
}

/** Terraform and OpenTofu resolve the short name to their own registry; both must find the provider attached. */
const ADDRESSES = ['registry.terraform.io/hashicorp/aws', 'registry.opentofu.org/hashicorp/aws'];

/** How long `close` waits for connections before it cuts them. */
const CLOSE_TIMEOUT_MS = 2000;

function serviceDefinition(): ServiceDefinition {
  const bytes = (value: Buffer) => value;
  const methods = CALLS.map((call) => [
    call,
    {
      path: callPath(call),
      requestStream: false,
      responseStream: false,
      requestSerialize: bytes,
      requestDeserialize: bytes,
      responseSerialize: bytes,
      responseDeserialize: bytes,
    },
  ]);
  return Object.fromEntries(methods) as ServiceDefinition;
}

function implementation(service: ProviderService, running: Set<Promise<void>>): UntypedServiceImplementation {
  const handler =
    (name: Call): UntypedServiceImplementation[string] =>
    (
      call: { request: Buffer; getPeer(): string },
      callback: (failure: object | null, answer?: Buffer) => void,
    ) => {
      const work = service.answer(name, call.getPeer(), call.request).then(
        (answer) => callback(null, answer),
        (failure: unknown) => {
          if (failure instanceof DroppedStream && endStream(call)) return;
          const details =
            failure instanceof DroppedStream ? 'stream dropped' : `sandbox: ${name}: ${String(failure)}`;
          callback({
            code: failure instanceof DroppedStream ? status.UNAVAILABLE : status.INTERNAL,
            details,
          });
        },
      );
      running.add(work);
      void work.finally(() => running.delete(work));
    };
  return Object.fromEntries(CALLS.map((call) => [call, handler(call)]));
}

function bind(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (failure, port) => {
      if (failure === null) resolve(port);
      else reject(failure);
    });
  });
}

function reattachLines(port: number): string {
  const provider = {
    Protocol: 'grpc',
    ProtocolVersion: 6,
    Pid: process.pid,
    Test: true,
    Addr: { Network: 'tcp', String: `127.0.0.1:${port}` },
  };
  return JSON.stringify(Object.fromEntries(ADDRESSES.map((address) => [address, provider])));
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), CLOSE_TIMEOUT_MS);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The fault `crash`: no handler runs, as after `kill -9`. */
function crash(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('the process outlived its own SIGKILL');
}

/**
 * Serves the simulated providers to the real Terraform, in this process.
 *
 * While it serves, the event loop must run: a child that is waited for synchronously waits for ever.
 *
 * @throws {@link SandboxError} for a faults file that is wrong, or an object log that another process owns
 */
export async function startSandbox(options: SandboxOptions): Promise<SandboxServer> {
  const faultsFile = options.faultsFile ?? process.env.KAKEHASHI_SANDBOX_FAULTS;
  const faults = new Faults(faultsFile === undefined || faultsFile === '' ? [] : readFaults(faultsFile));
  const log = ObjectLog.open(options.objectsFile);
  const running = new Set<Promise<void>>();
  const server = new Server({ 'grpc.max_receive_message_length': -1 });
  try {
    server.addService(serviceDefinition(), implementation(new ProviderService(log, faults, crash), running));
    const port = await bind(server);
    return {
      environment: { TF_REATTACH_PROVIDERS: reattachLines(port) },
      providers: [`hashicorp/aws ${AWS_PROVIDER_VERSION}`],
      close: async () => {
        await Promise.allSettled([...running]);
        await stop(server);
        log.close();
      },
    };
  } catch (failure) {
    log.close();
    throw failure;
  }
}
