import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { endStream } from './dropped-stream';
import { CALLS, type Call } from './protocol/messages';
import { callPath } from './protocol/wire';
import { DroppedStream } from './provider/fault-injector';
import type { ProviderService } from './provider/service';

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

function implementation(
  service: () => ProviderService,
  running: Set<Promise<void>>,
): UntypedServiceImplementation {
  const handler =
    (name: Call): UntypedServiceImplementation[string] =>
    (
      call: { request: Buffer; getPeer(): string },
      callback: (failure: object | null, answer?: Buffer) => void,
    ) => {
      const answered = async () => service().answer(name, call.getPeer(), call.request);
      const work = answered().then(
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

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), CLOSE_TIMEOUT_MS);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** One simulated provider at a port of its own: Terraform tells providers apart by where they listen. */
export interface PluginServer {
  /** `127.0.0.1:40123`. */
  readonly address: string;
  /** Waits for calls that are under way, then stops. */
  close(): Promise<void>;
}

/** Serves a provider. @param service is made at the first call: a provider that nobody asks costs a port only */
export async function servePlugin(service: () => ProviderService): Promise<PluginServer> {
  const running = new Set<Promise<void>>();
  const server = new Server({ 'grpc.max_receive_message_length': -1 });
  server.addService(serviceDefinition(), implementation(service, running));
  const port = await bind(server);
  return {
    address: `127.0.0.1:${port}`,
    close: async () => {
      await Promise.allSettled([...running]);
      await stop(server);
    },
  };
}
